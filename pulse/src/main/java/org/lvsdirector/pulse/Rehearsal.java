// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.lvsdirector.config.VirtualService.VirtualAddress;
import org.lvsdirector.pulse.failover.Effect;
import org.lvsdirector.pulse.failover.Settings;
import org.lvsdirector.pulse.port.Ports;
import org.lvsdirector.pulse.port.PulseSettings;
import org.lvsdirector.pulse.port.VirtualAddresses;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A takeover that a young process plays to itself, several times, so that its first real one does
 * not wait for classes to be loaded and linked, and runs compiled code. It changes nothing: the
 * decision is told as a {@link TakeoverStory}, the term goes to a file of its own, the holder of
 * the addresses asks the kernel only for what is refused, and no frame is sent.
 *
 * <p>On a thread of its own, in short pieces; ends early when the role is no longer one that waits.
 */
final class Rehearsal implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Rehearsal.class);
  private static final int ROUNDS = 40;
  private static final int STORIES_A_ROUND = 10;

  /** The first rounds follow at once; the others leave the processor to the heartbeats. */
  private static final int ROUNDS_AT_ONCE = 2;

  private static final long PAUSE_NANOS = 20_000_000L;
  private static final long PATIENCE_SECONDS = 5;

  private final Settings settings;
  private final VirtualAddresses addresses;
  private final List<VirtualAddress> virtuals;
  private final BooleanSupplier isQuiet;
  private final Path scratch;
  private final Thread thread;
  private volatile boolean isClosed;

  /**
   * A rehearsal that has not begun.
   *
   * @param isQuiet whether this node waits, so that a rehearsal disturbs nobody
   */
  Rehearsal(
      Settings settings, PulseSettings given, VirtualAddresses addresses, BooleanSupplier isQuiet) {
    this.settings = settings;
    this.addresses = addresses;
    this.isQuiet = isQuiet;
    virtuals = given.addresses();
    scratch = given.termFile().resolveSibling(given.termFile().getFileName() + ".rehearsal");
    thread = Thread.ofPlatform().name("pulse-rehearsal").daemon().unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** Ends it soon; does not wait. */
  @Override
  public void close() {
    isClosed = true;
    LockSupport.unpark(thread);
  }

  private void run() {
    var began = System.nanoTime();
    var rounds = 0;
    try (var stage = new Stage()) {
      while (rounds < ROUNDS && !isClosed && isQuiet.getAsBoolean()) {
        for (var i = 0; i < STORIES_A_ROUND; i++) {
          TakeoverStory.tell(settings);
        }
        stage.play(rounds + 1);
        rounds++;
        LockSupport.parkNanos(rounds < ROUNDS_AT_ONCE ? 1 : PAUSE_NANOS);
      }
    } catch (RuntimeException e) {
      LOG.warn("the first takeover of this process may be slow: {}", e.toString());
      LOG.debug("no rehearsal", e);
    }
    LOG.debug("rehearsed {} times in {} ms", rounds, (System.nanoTime() - began) / 1_000_000);
  }

  /** The effects of a takeover, through the same threads and files, but into the void. */
  private final class Stage implements AutoCloseable {
    private final EffectRunner runner =
        new EffectRunner(
            virtuals,
            new NoAddresses(),
            new TermFile(scratch),
            (_, _) -> {},
            Ports.NONE,
            _ -> heard());
    private CountDownLatch open = new CountDownLatch(0);

    /** Nobody is told. */
    private void heard() {
      open.countDown();
    }

    /** Carries out what a claim and its end bring, and waits for it. */
    void play(int term) {
      var effects =
          List.<Effect.Answered>of(
              new Effect.PersistTerm(1, term, false),
              new Effect.ProbeAddresses(2),
              new Effect.Acquire(3),
              new Effect.Announce(4),
              new Effect.Release(5, false));
      open = new CountDownLatch(effects.size());
      effects.forEach(runner::run);
      runner.run(new Effect.StopPartner(term));
      try {
        if (!open.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
          LOG.warn("a rehearsal of a takeover hangs: is the disk of {} well?", scratch);
          isClosed = true;
        }
      } catch (InterruptedException _) {
        isClosed = true;
      }
    }

    @Override
    public void close() {
      runner.close();
      try {
        Files.deleteIfExists(scratch);
      } catch (IOException e) {
        LOG.debug("{} stays", scratch, e);
      }
    }
  }

  /** Holds nothing. */
  private final class NoAddresses implements VirtualAddresses {
    @Override
    public void acquire(List<VirtualAddress> wanted) {
      try {
        addresses.rehearse(wanted);
      } catch (IOException | RuntimeException e) {
        LOG.debug("cannot rehearse with the addresses", e);
      }
    }

    @Override
    public void announce(List<VirtualAddress> wanted) {}

    @Override
    public void release() {}
  }
}
