// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.daemon;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.Endpoint;
import org.lvsdirector.config.Role;
import org.lvsdirector.director.admin.DrillReport;
import org.lvsdirector.director.admin.DrillReport.Round;
import org.lvsdirector.director.admin.DrillReport.Step;
import org.lvsdirector.director.admin.OrderReport;
import org.lvsdirector.pulse.Pulse;
import org.lvsdirector.pulse.PulseStatus;
import org.lvsdirector.pulse.failover.Input.Order;

/** A planned failover on trial: with preconditions, measurements and a verdict. */
final class Drill {
  private static final long LOOK_NANOS = 1_000_000;
  private static final long BEFORE_NANOS = 300_000_000;
  private static final long AFTER_NANOS = 700_000_000;

  private final Pulse pulse;
  private final Orders orders;
  private final ReentrantLock running = new ReentrantLock();

  Drill(Pulse pulse, Orders orders) {
    this.pulse = pulse;
    this.orders = orders;
  }

  /** Something seen, by {@link System#nanoTime}. */
  private record Seen(long atNanos, String what) {}

  /**
   * Carries the drill out; blocks until it has ended.
   *
   * @param targets what is probed meanwhile
   * @param isReturning whether the role moves back afterwards
   */
  DrillReport carryOut(List<Endpoint> targets, boolean isReturning) {
    if (!running.tryLock()) {
      return refused(List.of("another drill is under way"));
    }
    try {
      var obstacles = obstacles(pulse.status());
      if (!obstacles.isEmpty()) {
        return refused(obstacles);
      }
      var rounds = new ArrayList<Round>();
      rounds.add(round(targets));
      if (isReturning && rounds.getFirst().isDone()) {
        rounds.add(round(targets));
      }
      return judged(rounds);
    } finally {
      running.unlock();
    }
  }

  /** Why no drill can begin; empty when one can. */
  private static List<String> obstacles(PulseStatus status) {
    var obstacles = new ArrayList<String>();
    var partner = status.partner();
    if (!status.isPaired()) {
      obstacles.add("there is no partner: backup_active = 0");
    } else if (partner == null || !partner.isAlive()) {
      obstacles.add("the partner is silent");
    } else {
      var isOneActive =
          status.role() == Role.ACTIVE && partner.role() == Role.STANDBY
              || status.role() == Role.STANDBY && partner.role() == Role.ACTIVE;
      if (!isOneActive) {
        obstacles.add("the directors are " + status.role() + " and " + partner.role());
      }
      if (!partner.isFit()) {
        obstacles.add("the partner is not fit: " + partner.unfitReason());
      }
      if (!partner.hasSameConfig()) {
        obstacles.add("the partner has another lvs.cf");
      }
    }
    if (!status.isFit()) {
      obstacles.add("this director is not fit: " + status.unfitReason());
    }
    for (var link : status.links()) {
      if (!link.isUp() || !link.isHeardByPartner()) {
        obstacles.add("link " + link.name() + " is down");
      }
    }
    return obstacles;
  }

  private Round round(List<Endpoint> targets) {
    var before = pulse.status();
    var from = before.role() == Role.ACTIVE ? before.node() : before.node().partner();
    var seen = new ConcurrentLinkedQueue<Seen>();
    var watch = new Watch(seen);
    var prober = new Prober(targets, () -> pulse.status().role() == Role.CLAIMING);
    long ordered;
    OrderReport outcome;
    try (prober) {
      prober.start();
      LockSupport.parkNanos(BEFORE_NANOS);
      ordered = System.nanoTime();
      var thread = Thread.ofPlatform().name("drill-watch").start(watch::run);
      outcome = orders.carryOut(Order.FAILOVER);
      var word = outcome.isDone() ? "the order is done" : "the order is refused";
      seen.add(new Seen(System.nanoTime(), word));
      LockSupport.parkNanos(AFTER_NANOS);
      watch.isEnded = true;
      join(thread);
    }
    var ends = new Ends(from.word(), from.partner().word(), ordered);
    return measured(ends, outcome, List.copyOf(seen), prober.probes());
  }

  /** From where to where, and since when. */
  private record Ends(String from, String to, long orderedNanos) {}

  private Round measured(
      Ends ends, OrderReport outcome, List<Seen> seen, List<Prober.Probe> probes) {
    var steps = new ArrayList<>(seen);
    probes.stream()
        .filter(probe -> !probe.isGood())
        .findFirst()
        .ifPresent(
            probe ->
                steps.add(
                    new Seen(
                        probe.endedNanos(),
                        "a connection to " + probe.target() + " failed for the first time")));
    steps.sort(Comparator.comparingLong(Seen::atNanos));
    return new Round(
        ends.from,
        ends.to,
        outcome.isDone() && isActive(ends.to),
        outcome.reason(),
        steps.stream()
            .map(step -> new Step(millis(step.atNanos - ends.orderedNanos), step.what))
            .toList(),
        probes.size(),
        (int) probes.stream().filter(probe -> !probe.isGood()).count(),
        longestGapMillis(probes));
  }

  private boolean isActive(String node) {
    var status = pulse.status();
    var partner = status.partner();
    return status.node().word().equals(node)
        ? status.role() == Role.ACTIVE
        : partner != null && partner.isAlive() && partner.role() == Role.ACTIVE;
  }

  /** Between the ends of two good connections to the same service. */
  private static double longestGapMillis(List<Prober.Probe> probes) {
    var longest = 0L;
    for (var target : probes.stream().map(Prober.Probe::target).distinct().toList()) {
      var last = -1L;
      for (var probe : probes) {
        if (probe.isGood() && probe.target().equals(target)) {
          longest = last < 0 ? longest : Math.max(longest, probe.endedNanos() - last);
          last = probe.endedNanos();
        }
      }
    }
    return millis(longest);
  }

  private static double millis(long nanos) {
    return Math.round(nanos / 1e4) / 1e2;
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static DrillReport refused(List<String> obstacles) {
    return new DrillReport(
        false, "no drill: " + String.join("; ", obstacles), obstacles, List.of());
  }

  private static DrillReport judged(List<Round> rounds) {
    for (var round : rounds) {
      if (!round.isDone()) {
        var verdict = "failed: the role did not move to " + round.to() + ": " + round.reason();
        return new DrillReport(false, verdict, List.of(), rounds);
      }
    }
    var failed = rounds.stream().mapToInt(Round::failed).sum();
    var gap = rounds.stream().mapToDouble(Round::longestGapMillis).max().orElse(0);
    var isProbed = rounds.stream().anyMatch(round -> round.probes() > 0);
    var verdict =
        !isProbed
            ? "passed: the role moved; there is no TCP service to probe"
            : failed == 0
                ? String.format(
                    Locale.ROOT, "passed: no connection failed, longest gap %.1f ms", gap)
                : String.format(
                    Locale.ROOT, "failed: %d connections failed, longest gap %.1f ms", failed, gap);
    return new DrillReport(failed == 0, verdict, List.of(), rounds);
  }

  /** Notes each change of role of both directors, as this one sees it. */
  private final class Watch {
    private final ConcurrentLinkedQueue<Seen> seen;
    volatile boolean isEnded;

    Watch(ConcurrentLinkedQueue<Seen> seen) {
      this.seen = seen;
    }

    void run() {
      Role own = null;
      Role others = null;
      while (!isEnded) {
        var status = pulse.status();
        var partner = status.partner();
        own = note(own, status.role(), status.node().word());
        if (partner != null) {
          others = note(others, partner.role(), status.node().partner().word());
        }
        LockSupport.parkNanos(LOOK_NANOS);
      }
    }

    private Role note(@Nullable Role before, Role now, String node) {
      if (before != null && before != now) {
        seen.add(new Seen(System.nanoTime(), node + " is " + now));
      }
      return now;
    }
  }
}
