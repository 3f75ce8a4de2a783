// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.admin;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.Health;
import org.lvsdirector.config.Role;
import org.lvsdirector.engine.SyncStatus;
import org.lvsdirector.engine.TableLoad;
import org.lvsdirector.lvsd.LvsdStatus;
import org.lvsdirector.pulse.PulseStatus.Evidence;
import org.lvsdirector.pulse.PulseStatus.LinkStatus;
import org.lvsdirector.pulse.addresses.AddressStatus;

/**
 * What {@code director status} shows, and the body of {@code GET /v1/status}. Times are in
 * milliseconds. What pulse, lvsd and the engine tell of themselves is in it as they tell it.
 *
 * @param version the version of the daemon
 * @param self this director
 * @param partner the other director; null when there is none
 * @param heartbeats what concerns the heartbeats of all links
 * @param takeover where the time of this director's latest takeover went; null before the first
 * @param evidence what is known beyond heartbeats
 * @param links the heartbeat links
 * @param engine the forwarding engine
 * @param services the virtual services, in the order of lvs.cf
 * @param addresses the virtual addresses on interfaces; null when only the engine holds them
 * @param sync connection sync; null when there is none
 * @param reconciliation how the engine's table is kept as lvs.cf and health want it
 * @param log whether what this director says is read
 */
public record StatusReport(
    String version,
    Self self,
    @Nullable Partner partner,
    Heartbeats heartbeats,
    @Nullable LatestTakeover takeover,
    Evidence evidence,
    List<LinkStatus> links,
    Engine engine,
    List<Service> services,
    @Nullable AddressStatus addresses,
    @Nullable SyncStatus sync,
    Reconciliation reconciliation,
    Log log) {
  public StatusReport {
    links = List.copyOf(links);
    services = List.copyOf(services);
  }

  /**
   * How the engine's table is kept as lvs.cf and health want it.
   *
   * @param isSettled whether the engine held all that was wanted when it was last looked at
   * @param ageMillis how long ago that was; -1 before the first time
   * @param counters what happened since the start
   */
  public record Reconciliation(boolean isSettled, long ageMillis, LvsdStatus.Counters counters) {}

  /**
   * Whether what this director says is read: its log, and all else on standard output and standard
   * error.
   *
   * @param dropped lines that were dropped, since nobody waits for a reader
   * @param stuckMillis for how long the reader has been taking nothing; 0 while it reads
   */
  public record Log(long dropped, long stuckMillis) {}

  /**
   * The director that answers.
   *
   * @param node {@code primary} or {@code backup}
   * @param role its role
   * @param since when the role began, ISO 8601
   * @param roleMillis how long it lasts
   * @param cause why the role began
   * @param term number of takeovers so far
   * @param isFit whether it may become active
   * @param unfitReason why not; empty when fit
   * @param lvsCf the configuration file
   * @param digest identifies the meaning of that file
   * @param reloadProblem why the last reload was refused; empty when it was not
   * @param waitingForRestart what of lvs.cf and director.conf is not in force before a restart
   * @param processId of the daemon
   */
  public record Self(
      String node,
      Role role,
      String since,
      long roleMillis,
      String cause,
      long term,
      boolean isFit,
      String unfitReason,
      String lvsCf,
      String digest,
      String reloadProblem,
      List<String> waitingForRestart,
      long processId) {
    public Self {
      waitingForRestart = List.copyOf(waitingForRestart);
    }
  }

  /**
   * What this director knows of the other one.
   *
   * @param node {@code primary} or {@code backup}
   * @param isAlive whether a heartbeat came within deadtime
   * @param role its role as last heard; null when never heard
   * @param isFit whether it says that it may become active
   * @param lastHeardMillis age of its last heartbeat; -1 when never heard
   * @param hasSameConfig whether its lvs.cf means the same as ours
   */
  public record Partner(
      String node,
      boolean isAlive,
      @Nullable Role role,
      boolean isFit,
      long lastHeardMillis,
      boolean hasSameConfig) {}

  /**
   * What concerns the heartbeats of all links.
   *
   * @param isSealed whether there is a key that seals them
   * @param acceptsUnsealed whether unsealed ones are taken all the same
   * @param stalls how often the loop woke too late to judge the partner's silence
   * @param longestStallMillis the longest time that it did not run
   * @param lateMedianMicros how late a heartbeat is sent, the median of the last some hundred
   * @param lateP99Micros the same, 99th percentile
   * @param defects how often a step of the loop failed by a defect, which the log has
   * @param realTimePriority of the threads that must be on time, by SCHED_RR; 0 when they are
   *     scheduled as all others
   * @param realTimeProblem why the kernel refused it; empty when it did not, or was not asked
   */
  public record Heartbeats(
      boolean isSealed,
      boolean acceptsUnsealed,
      long stalls,
      long longestStallMillis,
      long lateMedianMicros,
      long lateP99Micros,
      long defects,
      int realTimePriority,
      String realTimeProblem) {}

  /**
   * Where the time of a takeover went.
   *
   * @param term of its claim
   * @param lateMicros how late it was noticed that a claim was due
   * @param doneMicros when each part was done, since the claim: {@code term}, {@code proofs},
   *     {@code addresses}, {@code announced}
   */
  public record LatestTakeover(long term, long lateMicros, SequencedMap<String, Long> doneMicros) {
    public LatestTakeover {
      doneMicros = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(doneMicros));
    }
  }

  /**
   * The forwarding engine.
   *
   * @param name its word in director.conf
   * @param passedOver the better engines that this machine cannot use
   * @param load how full the tables are in which it looks up each packet; null where the engine or
   *     the kernel does not tell
   */
  public record Engine(String name, List<PassedOver> passedOver, @Nullable TableLoad load) {
    public Engine {
      passedOver = List.copyOf(passedOver);
    }
  }

  /**
   * An engine that this machine cannot use.
   *
   * @param name its word
   * @param reason why
   */
  public record PassedOver(String name, String reason) {}

  /**
   * A virtual service.
   *
   * @param name the block's name in lvs.cf
   * @param key protocol, address and port, or firewall mark
   * @param scheduler the scheduler's word
   * @param sorryServer where connections go when no server is up; null for nowhere
   * @param problem why clients are not served as lvs.cf wants; empty when they are
   * @param connections connections scheduled so far
   * @param servers its real servers, in the order of lvs.cf
   */
  public record Service(
      String name,
      String key,
      String scheduler,
      @Nullable String sorryServer,
      String problem,
      long connections,
      List<Server> servers) {
    public Service {
      servers = List.copyOf(servers);
    }
  }

  /**
   * A real server of a service.
   *
   * @param name the block's name in lvs.cf
   * @param endpoint address and port
   * @param state the verdict of its checks
   * @param stateMillis how long that verdict stands; -1 when there is none
   * @param isInTable whether the engine has it
   * @param weight its weight in the engine; the configured one while it is not there
   * @param active established connections
   * @param inactive closing connections and UDP flows
   * @param connections connections scheduled so far
   * @param lastCheck what the last check said; empty before the first
   * @param lastCheckMillis age of the last check; -1 before the first
   */
  public record Server(
      String name,
      String endpoint,
      Health.State state,
      long stateMillis,
      boolean isInTable,
      int weight,
      int active,
      int inactive,
      long connections,
      String lastCheck,
      long lastCheckMillis) {}
}
