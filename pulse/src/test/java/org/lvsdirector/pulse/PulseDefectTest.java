// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.lvsdirector.config.IpAddress;
import org.lvsdirector.config.Pair;
import org.lvsdirector.config.VirtualService.VirtualAddress;
import org.lvsdirector.pulse.link.HeartbeatLink;
import org.lvsdirector.pulse.link.LinkStats;
import org.lvsdirector.pulse.port.PulseSettings;
import org.lvsdirector.pulse.port.VirtualAddresses;
import org.lvsdirector.pulse.seal.Refusals;
import org.lvsdirector.pulse.seal.SealPolicy;

/** A heartbeat loop with a defect of its own. */
@Timeout(60)
final class PulseDefectTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Pair PAIR =
      new Pair(
          true,
          List.of(new Pair.Link("public", IpAddress.of("127.0.0.2"), IpAddress.of("127.0.0.3"))),
          5390,
          Duration.ofMillis(50),
          Duration.ofMillis(375));

  private final AtomicInteger defectsLeft = new AtomicInteger();
  private final AtomicInteger sent = new AtomicInteger();
  private final Pulse pulse = start();

  @SuppressWarnings("NullAway.Init")
  PulseDefectTest() {}

  private Pulse start() {
    var settings =
        new PulseSettings(
            Pair.Node.PRIMARY,
            PAIR,
            List.of(),
            1,
            "digest",
            SealPolicy.NONE,
            Path.of("target", "no", "term"));
    return Pulse.start(settings, List.of(new FlawedLink()), new NoAddresses(), (_, _) -> {});
  }

  @AfterEach
  void stop() {
    pulse.stop(true).join();
  }

  @Test
  void aDefectInEachStepEndsTheLoopSoThatNobodyBelievesItToBeAtWork() {
    await().atMost(PATIENCE).until(() -> sent.get() > 2);

    defectsLeft.set(Integer.MAX_VALUE);

    assertThat(pulse.ended()).succeedsWithin(PATIENCE).isEqualTo(false);
    assertThat(pulse.comeRound()).as("what feeds the watchdog").isNotDone();
    assertThat(pulse.status().defects()).isEqualTo(Defects.MOST_IN_A_ROW);
  }

  @Test
  void defectsThatPassAreCountedAndCostNothingElse() {
    for (var round = 1; round <= 3; round++) {
      var before = sent.get();
      defectsLeft.set(Defects.MOST_IN_A_ROW - 1);
      await().atMost(PATIENCE).until(() -> sent.get() > before + 1 && defectsLeft.get() == 0);
    }

    assertThat(pulse.ended()).isNotDone();
    assertThat(pulse.comeRound()).succeedsWithin(PATIENCE);
    assertThat(pulse.status().defects()).isEqualTo(3L * (Defects.MOST_IN_A_ROW - 1));
  }

  /** A link with a defect where it must have none. */
  private final class FlawedLink implements HeartbeatLink {
    private final LinkStats stats = new LinkStats();

    @Override
    public String name() {
      return "public";
    }

    @Override
    public String local() {
      return "127.0.0.2:5390";
    }

    @Override
    public String remote() {
      return "127.0.0.3:5390";
    }

    @Override
    public void open(Receiver receiver) {}

    @Override
    public boolean isUp() {
      return true;
    }

    @Override
    public void send(byte[] message) {
      if (defectsLeft.get() > 0) {
        defectsLeft.decrementAndGet();
        throw new IllegalStateException("a defect");
      }
      sent.incrementAndGet();
    }

    @Override
    public LinkStats stats() {
      return stats;
    }

    @Override
    public LinkStats.Counters counters() {
      return stats.counters(Refusals.NONE);
    }

    @Override
    public void close() {}
  }

  /** Of a director that has none to hold. */
  private static final class NoAddresses implements VirtualAddresses {
    @Override
    public void acquire(List<VirtualAddress> addresses) {}

    @Override
    public void announce(List<VirtualAddress> addresses) {}

    @Override
    public void fallSilent() {}

    @Override
    public void release() {}
  }
}
