// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.VirtualService.VirtualAddress;
import org.lvsdirector.linux.RealTime;
import org.lvsdirector.pulse.failover.Effect;
import org.lvsdirector.pulse.failover.Failover;
import org.lvsdirector.pulse.failover.Input;
import org.lvsdirector.pulse.failover.Settings;
import org.lvsdirector.pulse.failover.State;
import org.lvsdirector.pulse.failover.Transition;
import org.lvsdirector.pulse.link.HeartbeatCodec;
import org.lvsdirector.pulse.link.HeartbeatCodec.Decoded;
import org.lvsdirector.pulse.link.HeartbeatLink;
import org.lvsdirector.pulse.link.RecentTimes;
import org.lvsdirector.pulse.port.OrderOutcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that owns the failover state: it sends a heartbeat on every link each keepalive, feeds
 * {@link Failover#step}, and starts the effects. It never waits for anything but its queue.
 */
final class PulseLoop {

  private static final Logger LOG = LoggerFactory.getLogger(PulseLoop.class);
  private static final int MAX_QUEUED_HEARTBEATS = 4096;
  private static final long DEFECT_PAUSE_NANOS = 10_000_000L;
  private static final String BEAT = "heartbeat";
  private static final String ACTION = "action";
  private static final String TURN = "turn";
  private static final long PUBLISH_NANOS = 500_000_000L;

  private static final OrderOutcome STOPPED = new OrderOutcome(false, "this director stops");

  /** A stop command is repeated so often beyond the heartbeats, so close together. */
  private static final int BURST = 5;

  private static final long BURST_GAP_NANOS = 5_000_000L;

  private final Settings settings;
  private final List<HeartbeatLink> links;
  private final LinkedBlockingQueue<Consumer<PulseLoop>> queue = new LinkedBlockingQueue<>();
  private final CompletableFuture<Boolean> stopped = new CompletableFuture<>();
  private final Thread thread;
  private final long originNanos = System.nanoTime();
  private final long lateNanos;
  private final LoopClock clock = new LoopClock();
  private final TakeoverClock takeovers = new TakeoverClock();
  private final Defects defects = new Defects();
  private Failover.Identity identity;
  private @Nullable EffectRunner runner;
  private State state;
  private final Map<Long, CompletableFuture<OrderOutcome>> orders = new HashMap<>();
  private long orderId;
  private long sequence;
  private int burstLeft;
  private long nextBeatNanos;
  private long lastTurnNanos;
  private long turnLateNanos;
  private long publishAtNanos;
  private volatile Snapshot snapshot;

  /**
   * What others may see of the loop.
   *
   * @param state the state after the latest step
   * @param identity who this node says it is
   * @param since when the role began, by the wall clock
   * @param last the latest change of role; null before the first
   * @param punctuality how late the loop was
   * @param defects how often a step failed by a defect
   */
  record Snapshot(
      State state,
      Failover.Identity identity,
      Instant since,
      @Nullable Transition last,
      PulseStatus.Punctuality punctuality,
      long defects) {}

  PulseLoop(Settings settings, Failover.Identity identity, List<HeartbeatLink> links) {
    this.settings = settings;
    this.identity = identity;
    this.links = List.copyOf(links);
    lateNanos = Math.clamp(settings.deadtimeNanos() / 10, 5_000_000L, 100_000_000L);
    state = State.initial(settings);
    snapshot = new Snapshot(state, identity, Instant.now(), null, clock.punctuality(), 0);
    thread = Thread.ofPlatform().name("pulse").daemon(false).unstarted(this::run);
  }

  /** Starts the loop. */
  void start(EffectRunner effects, TermFile.Stored stored, boolean hasFound) {
    runner = effects;
    post(now -> new Input.Started(now, stored.term(), hasFound, stored.isMaintained()));
    post(now -> new Input.ConfigLoaded(now, identity.configDigest()));
    thread.start();
  }

  /** Hands an input to the loop, which gives it its time. Any thread. */
  void post(LongFunction<Input> input) {
    queue.add(loop -> loop.give(input.apply(loop.nowNanos())));
  }

  /** Takes bytes that arrived on a link. Any thread; does not block. */
  void received(int link, byte[] bytes, int offset, int length) {
    var atNanos = nowNanos();
    if (queue.size() > MAX_QUEUED_HEARTBEATS) {
      return;
    }
    var decoded = HeartbeatCodec.decode(bytes, offset, length);
    queue.add(loop -> loop.heard(link, decoded, atNanos));
  }

  /** Gives an operator's order; completes when it has ended. Any thread. */
  CompletableFuture<OrderOutcome> order(Input.Order order) {
    var outcome = new CompletableFuture<OrderOutcome>();
    queue.add(
        loop -> {
          var id = ++loop.orderId;
          loop.orders.put(id, outcome);
          loop.give(new Input.Ordered(loop.nowNanos(), id, order));
        });
    var _ = stopped.thenRun(() -> outcome.complete(STOPPED));
    return outcome;
  }

  /** Does something with the loop's own state, on its thread. */
  void onLoop(Consumer<PulseLoop> action) {
    queue.add(action);
  }

  /** Goes on with another configuration. Any thread. */
  void reconfigure(Failover.Identity fresh, List<VirtualAddress> addresses) {
    queue.add(
        loop -> {
          loop.identity = fresh;
          loop.effects().mean(addresses);
          loop.give(new Input.AddressesChanged(loop.nowNanos(), fresh.configDigest()));
        });
  }

  /** Completes when the loop has ended: with whether the addresses are released. */
  CompletableFuture<Boolean> stopped() {
    return stopped;
  }

  Snapshot snapshot() {
    return snapshot;
  }

  /** The latest takeover of this director; null before the first. */
  @Nullable Takeover takeover() {
    return takeovers.latest();
  }

  /** The monotonic clock of all inputs; starts at 0. */
  long nowNanos() {
    return System.nanoTime() - originNanos;
  }

  private void run() {
    RealTime.enterFirst();
    nextBeatNanos = nowNanos();
    lastTurnNanos = nextBeatNanos;
    try {
      while (!stopped.isDone()) {
        turnOrLog();
      }
    } finally {
      stopped.complete(false);
    }
  }

  private void turnOrLog() {
    try {
      turn();
    } catch (InterruptedException _) {
      defects.done();
      LOG.warn("pulse does not stop by interruption");
    } catch (Throwable e) {
      failed(e);
    }
  }

  /** Whoever waits for the end gives the addresses up: a loop that turns in vain must not. */
  private void failed(Throwable e) {
    var doing = defects.doing();
    if (defects.isEndless()) {
      LOG.error("pulse ends: each {} of it fails; role={}", doing, state.role(), e);
      stopped.complete(false);
    } else {
      LOG.error("pulse goes on after a defect at {}; role={}", doing, state.role(), e);
      LockSupport.parkNanos(DEFECT_PAUSE_NANOS);
    }
    publish();
  }

  private void turn() throws InterruptedException {
    defects.begin(TURN);
    var dueNanos = Math.min(nextBeatNanos, Failover.wakeAt(settings, state));
    var action = queue.poll(Math.max(0, dueNanos - nowNanos()), TimeUnit.NANOSECONDS);
    var now = nowNanos();
    turnLateNanos = Math.max(0, now - Math.max(dueNanos, lastTurnNanos));
    if (turnLateNanos > lateNanos) {
      stalled(now, now - lastTurnNanos);
    }
    lastTurnNanos = now;
    if (action != null) {
      defects.begin(ACTION);
      action.accept(this);
      defects.done();
    }
    if (now >= Failover.wakeAt(settings, state)) {
      give(new Input.Wake(now));
    }
    if (now >= nextBeatNanos) {
      clock.late.add(now - nextBeatNanos);
      beat();
      nextBeatNanos = Math.max(nextBeatNanos + beatGapNanos(), now);
    }
    if (now >= publishAtNanos) {
      links.forEach(link -> link.stats().publish());
      clock.late.publish();
      publishAtNanos = now + PUBLISH_NANOS;
    }
    defects.done();
  }

  private long beatGapNanos() {
    if (burstLeft == 0) {
      return settings.keepaliveNanos();
    }
    burstLeft--;
    return Math.min(BURST_GAP_NANOS, settings.keepaliveNanos());
  }

  private void stalled(long now, long forNanos) {
    clock.stalled(forNanos);
    LOG.warn("pulse did not run for={}ms role={}", forNanos / 1_000_000, state.role());
    give(new Input.Stalled(now, forNanos));
  }

  private void heard(int link, Decoded decoded, long atNanos) {
    switch (decoded) {
      case Decoded.Accepted(var heartbeat) -> {
        if (heartbeat.node() != settings.node().partner()) {
          links.get(link).stats().rejected();
          return;
        }
        links.get(link).stats().arrived(heartbeat, atNanos, settings.keepaliveNanos());
        give(new Input.Heard(nowNanos(), link, heartbeat));
      }
      case Decoded.Rejected(_) -> links.get(link).stats().rejected();
    }
  }

  private void give(Input input) {
    defects.begin(input.getClass().getSimpleName());
    var step = Failover.step(settings, state, input);
    state = step.next();
    publish();
    step.effects().forEach(this::carryOut);
    takeovers.told(input).ifPresent(effects()::tell);
    publish();
    defects.done();
  }

  private EffectRunner effects() {
    return Objects.requireNonNull(runner, "not started");
  }

  private void carryOut(Effect effect) {
    switch (effect) {
      case Effect.HeartbeatNow() -> beat();
      case Effect.Stopped(var isReleased) -> stopped.complete(isReleased);
      case Effect.OrderEnded(var order, var isDone, var reason) -> {
        LOG.info("order {} {}", order, isDone ? "is done" : "is not done: " + reason);
        var outcome = orders.remove(order);
        if (outcome != null) {
          outcome.complete(new OrderOutcome(isDone, reason));
        }
      }
      case Effect.Outward outward -> {
        note(outward);
        effects().run(outward);
      }
    }
  }

  /** What the loop itself does beside. */
  private void note(Effect.Outward outward) {
    if (outward instanceof Effect.Journal(var transition)) {
      clock.changed(transition);
      takeovers.changed(transition, turnLateNanos);
    } else if (outward instanceof Effect.Answered answered) {
      takeovers.asked(answered);
    } else if (outward instanceof Effect.StopPartner) {
      burstLeft = BURST;
      nextBeatNanos = nowNanos();
    }
  }

  private void beat() {
    if (links.isEmpty()) {
      return;
    }
    defects.begin(BEAT);
    var heartbeat = Failover.heartbeat(settings, state, identity, ++sequence, nowNanos());
    var bytes = HeartbeatCodec.encode(heartbeat);
    for (var link : links) {
      link.send(bytes);
    }
    defects.done();
  }

  private void publish() {
    snapshot =
        new Snapshot(
            state, identity, clock.since, clock.last, clock.punctuality(), defects.count());
  }

  /** What the loop notes for people; never read by a decision. */
  private static final class LoopClock {
    private Instant since = Instant.now();
    private @Nullable Transition last;
    private final RecentTimes late = new RecentTimes();
    private long stalls;
    private long longestStallNanos;

    PulseStatus.Punctuality punctuality() {
      return new PulseStatus.Punctuality(stalls, longestStallNanos, late.published());
    }

    void changed(Transition transition) {
      since = Instant.now();
      last = transition;
    }

    void stalled(long forNanos) {
      stalls++;
      longestStallNanos = Math.max(longestStallNanos, forNanos);
    }
  }
}
