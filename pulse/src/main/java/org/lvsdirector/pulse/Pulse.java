// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.Endpoint;
import org.lvsdirector.config.VirtualService.VirtualAddress;
import org.lvsdirector.pulse.PulseStatus.LinkStatus;
import org.lvsdirector.pulse.PulseStatus.PartnerStatus;
import org.lvsdirector.pulse.failover.Failover;
import org.lvsdirector.pulse.failover.Input;
import org.lvsdirector.pulse.failover.Partner;
import org.lvsdirector.pulse.failover.Policy;
import org.lvsdirector.pulse.failover.Settings;
import org.lvsdirector.pulse.failover.State;
import org.lvsdirector.pulse.link.HeartbeatLink;
import org.lvsdirector.pulse.link.JGroupsLink;
import org.lvsdirector.pulse.link.LinkKeeper;
import org.lvsdirector.pulse.port.OrderOutcome;
import org.lvsdirector.pulse.port.Ports;
import org.lvsdirector.pulse.port.PulseSettings;
import org.lvsdirector.pulse.port.RoleListener;
import org.lvsdirector.pulse.port.VirtualAddresses;
import org.lvsdirector.pulse.seal.KeyRing;
import org.lvsdirector.pulse.seal.SealContext;
import org.lvsdirector.pulse.seal.SealedChannel;

/** A running pulse: hears the partner, decides this director's role and makes it true. */
public final class Pulse {

  private static final long STOP_MILLIS = 15_000;
  private static final long QUIET_MILLIS = 2_000;
  private static final long SHORTEST_PING_PAUSE_MILLIS = 100;

  private final Settings settings;
  private final long bootId;
  private final PulseLoop loop;
  private final EffectRunner runner;
  private final List<HeartbeatLink> links;
  private final List<LinkKeeper> keepers = new ArrayList<>();
  private final CompletableFuture<Boolean> ended;
  private final @Nullable TargetWatch watch;
  private final Rehearsal rehearsal;

  private Pulse(
      PulseSettings given,
      List<HeartbeatLink> links,
      VirtualAddresses addresses,
      RoleListener listener,
      Around around) {
    settings = Settings.of(given.node(), given.pair()).with(around.policy());
    bootId = given.bootId();
    this.links = List.copyOf(links);
    loop = new PulseLoop(settings, identity(given.configDigest()), links);
    var termFile = new TermFile(given.termFile());
    runner =
        new EffectRunner(
            given.addresses(), addresses, termFile, listener, around.outside(), loop::post);
    for (var i = 0; i < links.size(); i++) {
      var index = i;
      keepers.add(
          new LinkKeeper(
              links.get(i),
              (bytes, offset, length) -> loop.received(index, bytes, offset, length),
              isOpen -> loop.post(now -> new Input.LinkChanged(now, index, isOpen))));
    }
    ended =
        loop.stopped()
            .thenApplyAsync(this::end, task -> Thread.ofPlatform().name("pulse-end").start(task));
    watch = targetWatch(around);
    rehearsal = new Rehearsal(settings, given, addresses, this::isWaiting);
    if (settings.isPaired()) {
      rehearsal.start();
    }
    keepers.forEach(LinkKeeper::start);
    loop.start(runner, termFile.read(), addresses.hasFound(given.addresses()));
    if (!around.outside().hasSync()) {
      loop.post(now -> new Input.SyncReported(now, 0, true));
    }
    if (watch != null) {
      watch.start();
    }
  }

  /**
   * What is around a pulse, and how much of it counts.
   *
   * @param outside the ports
   * @param policy the policy
   */
  record Around(Ports outside, Policy policy) {}

  private @Nullable TargetWatch targetWatch(Around around) {
    if (!around.policy().hasTargets()) {
      return null;
    }
    var pauseMillis = Math.max(SHORTEST_PING_PAUSE_MILLIS, settings.deadtimeNanos() / 3_000_000);
    return new TargetWatch(
        around.outside().targets(),
        pauseMillis,
        isReached -> loop.post(now -> new Input.TargetsChanged(now, isReached)));
  }

  /**
   * Starts. The role is STARTING until {@link #fitness} was called and the partner was listened for
   * during deadtime.
   *
   * @param outside what there is beyond heartbeats and addresses; what lvs.cf asks for and is not
   *     there is left out of the decision
   */
  public static Pulse start(
      PulseSettings settings, VirtualAddresses addresses, RoleListener listener, Ports outside) {
    var around = new Around(outside, Policies.of(settings.pair(), outside));
    return new Pulse(settings, links(settings), addresses, listener, around);
  }

  public static Pulse start(
      PulseSettings settings,
      List<HeartbeatLink> links,
      VirtualAddresses addresses,
      RoleListener listener) {
    var around = new Around(Ports.NONE, Policies.of(settings.pair(), Ports.NONE));
    return new Pulse(settings, links, addresses, listener, around);
  }

  static Pulse start(
      PulseSettings settings, VirtualAddresses addresses, RoleListener listener, Around around) {
    return new Pulse(settings, links(settings), addresses, listener, around);
  }

  public static List<HeartbeatLink> links(PulseSettings settings) {
    var pair = settings.pair();
    if (!pair.isPaired()) {
      return List.of();
    }
    var node = settings.node();
    return pair.links().stream()
        .<HeartbeatLink>map(
            link ->
                new JGroupsLink(
                    link.name(),
                    new Endpoint(link.of(node), pair.heartbeatPort()),
                    new Endpoint(link.of(node.partner()), pair.heartbeatPort()),
                    guard(settings, link.name())))
        .toList();
  }

  private static SealedChannel guard(PulseSettings settings, String link) {
    var self = settings.node();
    return new SealedChannel(
        settings.sealing(), new SealContext(link, self.name(), self.partner().name()));
  }

  /** Goes on with other keys; messages were sealed from the start, or are not now. Any thread. */
  public void rekey(KeyRing keys) {
    links.forEach(link -> link.rekey(keys));
  }

  /**
   * Says whether this director could serve from now on. Any thread; only a change matters.
   *
   * @param reason why not; empty when it can
   */
  public void fitness(boolean isFit, String reason) {
    loop.post(now -> new Input.FitnessChanged(now, isFit, reason));
  }

  /**
   * Gives an operator's order. Any thread.
   *
   * @return completes when the order has ended; a refused one changed nothing
   */
  public CompletableFuture<OrderOutcome> order(Input.Order order) {
    return loop.order(order);
  }

  /**
   * Says how far the connection table is. Any thread. Without connection synchronisation a director
   * has all there is to have.
   *
   * @param position rises with every change that was sent or received
   * @param isInSync whether this director has all connections of its partner
   */
  public void synced(long position, boolean isInSync) {
    loop.post(now -> new Input.SyncReported(now, position, isInSync));
  }

  /** Says that the partner announced a virtual address. Any thread. */
  public void partnerAnnounced() {
    loop.post(Input.PartnerAnnounced::new);
  }

  /**
   * Goes on with other virtual addresses and another lvs.cf. An active director holds the new ones
   * soon, without leaving its role; one that is not holds them when it has become active. Links and
   * timers stay as they are. Any thread.
   */
  public void reconfigure(List<VirtualAddress> addresses, String configDigest) {
    loop.reconfigure(identity(configDigest), List.copyOf(addresses));
  }

  /** What pulse is and knows now. Any thread; does not wait for the loop. */
  public PulseStatus status() {
    var seen = loop.snapshot();
    var state = seen.state();
    var now = loop.nowNanos();
    return new PulseStatus(
        settings.node(),
        settings.isPaired(),
        state.role(),
        seen.since(),
        Math.max(0, now - state.standing().sinceNanos()),
        state.term(),
        state.isFit(now),
        state.isFit(now) ? "" : state.unfitReason(),
        seen.last(),
        partnerStatus(seen, now),
        linkStatuses(state, now),
        evidence(state, now),
        seen.punctuality(),
        loop.takeover(),
        seen.defects());
  }

  /**
   * Stops: an active director hands over to a fit partner first.
   *
   * @param isReleasing whether to give the addresses up even when no partner can take them over; an
   *     engine that dies with this process needs it
   * @return completes when pulse has ended, with whether the addresses are given up
   */
  public CompletableFuture<Boolean> stop(boolean isReleasing) {
    loop.post(now -> new Input.StopRequested(now, isReleasing));
    return ended.copy().completeOnTimeout(false, STOP_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Completes when the heartbeat loop has come round to it: so a watchdog knows that it runs. */
  public CompletableFuture<Void> comeRound() {
    var round = new CompletableFuture<Void>();
    loop.onLoop(_ -> round.complete(null));
    return round;
  }

  /** Completes when pulse has ended, asked or not, with whether the addresses are given up. */
  public CompletableFuture<Boolean> ended() {
    return ended.copy();
  }

  private boolean end(boolean isReleased) {
    if (watch != null) {
      watch.close();
    }
    rehearsal.close();
    keepers.forEach(LinkKeeper::close);
    runner.close();
    runner.awaitQuiet(QUIET_MILLIS);
    return isReleased;
  }

  /** Whether nothing is under way in which a rehearsal would be in the way. */
  private boolean isWaiting() {
    return switch (loop.snapshot().state().role()) {
      case STARTING, STANDBY, MAINTENANCE, FAULT -> true;
      case CLAIMING, ACTIVE, YIELDING -> false;
    };
  }

  private Failover.Identity identity(String configDigest) {
    return new Failover.Identity(bootId, configDigest);
  }

  private PulseStatus.Evidence evidence(State state, long now) {
    return new PulseStatus.Evidence(
        settings.policy().hasTargets(),
        !state.evidence().isTargetLost(),
        settings.policy().hasWitness(),
        state.lease().isHeld(now));
  }

  private @Nullable PartnerStatus partnerStatus(PulseLoop.Snapshot seen, long now) {
    var partner = seen.state().partner();
    var heartbeat = partner.last();
    if (heartbeat == null) {
      return null;
    }
    return new PartnerStatus(
        heartbeat.role(),
        partner.isAlive(now, settings.deadtimeNanos()),
        heartbeat.isFit(),
        heartbeat.reason(),
        heartbeat.term(),
        Math.max(0, now - partner.heardNanos()),
        heartbeat.configDigest().equals(seen.identity().configDigest()));
  }

  private List<LinkStatus> linkStatuses(State state, long now) {
    var statuses = new ArrayList<LinkStatus>();
    for (var i = 0; i < links.size(); i++) {
      statuses.add(linkStatus(i, state.partner(), now));
    }
    return statuses;
  }

  private LinkStatus linkStatus(int index, Partner partner, long now) {
    var link = links.get(index);
    var heard = partner.links().get(index).heardNanos();
    var seenAgo = heard < 0 ? -1 : Math.max(0, now - heard);
    var heartbeat = partner.last();
    var isPartnerHearing =
        heartbeat != null
            && partner.isAlive(now, settings.deadtimeNanos())
            && (heartbeat.hearsLinks() >> index & 1) == 1;
    return new LinkStatus(
        link.name(),
        link.local(),
        link.remote(),
        link.isUp() && seenAgo >= 0 && seenAgo < settings.deadtimeNanos(),
        isPartnerHearing,
        seenAgo < 0 ? -1 : TimeUnit.NANOSECONDS.toMillis(seenAgo),
        link.counters());
  }
}
