// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.admin;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.Health;
import org.lvsdirector.config.Role;

/**
 * What {@code director status} shows, and the body of {@code GET /v1/status}. Times are in
 * milliseconds.
 *
 * @param version the version of the daemon
 * @param self this director
 * @param partner the other director; null when there is none
 * @param heartbeats what concerns the heartbeats of all links
 * @param evidence what is known beyond heartbeats
 * @param links the heartbeat links
 * @param engine the forwarding engine
 * @param services the virtual services, in the order of lvs.cf
 * @param addresses the virtual addresses on interfaces; null when only the engine holds them
 * @param sync connection sync; null when there is none
 */
public record StatusReport(
    String version,
    Self self,
    @Nullable Partner partner,
    Heartbeats heartbeats,
    Evidence evidence,
    List<Link> links,
    Engine engine,
    List<Service> services,
    @Nullable Addresses addresses,
    @Nullable Sync sync) {
  public StatusReport {
    links = List.copyOf(links);
    services = List.copyOf(services);
  }

  /**
   * Connection sync.
   *
   * @param isSender whether this director is the one whose connections count
   * @param device the interface
   * @param id tells apart pairs that share a network
   * @param isMasterRunning whether the kernel sends
   * @param isBackupRunning whether the kernel takes
   * @param problem what is wrong; empty when nothing is
   * @param progress how far the standby is; null while nothing was compared in this role
   * @param sent connections that were sent to the partner because it lacked them
   */
  public record Sync(
      boolean isSender,
      String device,
      int id,
      boolean isMasterRunning,
      boolean isBackupRunning,
      String problem,
      @Nullable Progress progress,
      long sent) {}

  /**
   * How far the standby's connections are.
   *
   * @param total connections of the active director that outlive a failover
   * @param missing those of them that the standby lacks
   * @param oldestMissingMillis since when the oldest of them is known to be missing
   * @param comparedMillis how long ago that was seen
   * @param isInSync whether a planned takeover is allowed
   */
  public record Progress(
      int total, int missing, long oldestMissingMillis, long comparedMillis, boolean isInSync) {}

  /**
   * The virtual addresses on this machine's interfaces.
   *
   * @param addresses each of them, in the order of lvs.cf
   * @param framesSent announcements sent
   * @param framesFailed announcements that could not be sent
   * @param putBack how often addresses were put back that somebody else had removed
   * @param foreignHeard announcements of these addresses by other machines
   * @param problem what is wrong with them; empty when nothing is
   */
  public record Addresses(
      List<Address> addresses,
      long framesSent,
      long framesFailed,
      long putBack,
      long foreignHeard,
      String problem) {
    public Addresses {
      addresses = List.copyOf(addresses);
    }
  }

  /**
   * A virtual address.
   *
   * @param address the address and its prefix length
   * @param device its interface; empty when there is none for it
   * @param isPresent whether the interface has it now
   * @param announcedMillis how long ago it was announced; -1 for never since it was taken
   */
  public record Address(String address, String device, boolean isPresent, long announcedMillis) {}

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
      long processId) {}

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
   */
  public record Heartbeats(
      boolean isSealed, boolean acceptsUnsealed, long stalls, long longestStallMillis) {}

  /**
   * What is known beyond heartbeats.
   *
   * @param hasTargets whether ping targets are asked
   * @param isTargetReached whether one of them answers
   * @param hasWitness whether a witness is asked
   * @param isLeaseHeld whether this director has its lease
   */
  public record Evidence(
      boolean hasTargets, boolean isTargetReached, boolean hasWitness, boolean isLeaseHeld) {}

  /**
   * Packets from the partner's address that the seal refused.
   *
   * @param unsealed not sealed although they should be
   * @param wrongKey sealed by a key that is not here
   * @param forged not what the holder of the key sealed for this link and direction
   * @param replayed taken already, or recorded before
   */
  public record Refused(long unsealed, long wrongKey, long forged, long replayed) {
    /** All of them. */
    public long all() {
      return unsealed + wrongKey + forged + replayed;
    }
  }

  /**
   * One heartbeat link.
   *
   * @param name {@code public}, {@code private} or a block's name
   * @param local this director's address
   * @param remote the partner's address
   * @param isUp whether heartbeats arrived within deadtime
   * @param isHeardByPartner whether the partner says that it hears this director on it
   * @param lastHeardMillis age of the last heartbeat; -1 when none came yet
   * @param sent heartbeats sent
   * @param unsent heartbeats that could not be sent
   * @param received heartbeats received
   * @param lost heartbeats missing in the partner's sequence
   * @param rejected datagrams that were no heartbeat of the partner
   * @param refused those of the rejected that the seal refused
   * @param jitterMedianMicros median deviation from keepalive
   * @param jitterP99Micros 99th percentile of it
   */
  public record Link(
      String name,
      String local,
      String remote,
      boolean isUp,
      boolean isHeardByPartner,
      long lastHeardMillis,
      long sent,
      long unsent,
      long received,
      long lost,
      long rejected,
      Refused refused,
      long jitterMedianMicros,
      long jitterP99Micros) {}

  /**
   * The forwarding engine.
   *
   * @param name its word in director.conf
   * @param passedOver the better engines that this machine cannot use
   */
  public record Engine(String name, List<PassedOver> passedOver) {
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
