// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AgentLoopTest {
  private static final long FOR_EVER = TimeUnit.DAYS.toNanos(1);

  private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();
  private final BlockingQueue<Throwable> ends = new LinkedBlockingQueue<>();

  private void note(Exception e) {
    seen.add("failed: " + e.getMessage());
  }

  @Test
  void turnsAgainAndAgainOnItsThreadUntilClosed() throws InterruptedException {
    var loop = new AgentLoop("agent", () -> seen.add(describe(Thread.currentThread())), this::note);
    loop.start();
    assertThat(seen.take()).isEqualTo("agent, daemon");
    assertThat(seen.take()).isEqualTo("agent, daemon");
    loop.close();
    seen.clear();
    loop.close();
    assertThat(seen).isEmpty();
  }

  private static String describe(Thread thread) {
    return thread.getName() + (thread.isDaemon() ? ", daemon" : "");
  }

  @Test
  void goesOnAfterAnExceptionThatIsCountedAndTold() throws InterruptedException {
    var permits = new Semaphore(1);
    var loop =
        new AgentLoop(
                "agent",
                () -> {
                  permits.acquire();
                  throw new IllegalStateException("a defect");
                },
                this::note)
            .wokenBy(permits::release)
            .pausingAfterFailure(1);
    loop.start();
    assertThat(seen.take()).isEqualTo("failed: a defect");
    permits.release();
    assertThat(seen.take()).isEqualTo("failed: a defect");
    assertThat(loop.failures()).isEqualTo(2);
    loop.close();
  }

  @Test
  void whatTheEndItselfCausesIsNoFailure() throws InterruptedException {
    var permits = new Semaphore(0);
    var loop =
        new AgentLoop(
                "agent",
                () -> {
                  seen.add("turn");
                  permits.acquire();
                  throw new IllegalStateException("socket closed");
                },
                this::note)
            .wokenBy(permits::release)
            .endingWith(() -> seen.add("end"));
    loop.start();
    assertThat(seen.take()).isEqualTo("turn");
    loop.close();
    assertThat(seen).containsExactly("end");
    assertThat(loop.failures()).isZero();
  }

  @Test
  void closeEndsAPauseHoweverLong() throws InterruptedException {
    var loop =
        new AgentLoop(
                "agent",
                () -> {
                  throw new IllegalStateException("a defect");
                },
                this::note)
            .pausingAfterFailure(TimeUnit.NANOSECONDS.toMillis(FOR_EVER))
            .endingWith(() -> seen.add("end"));
    loop.start();
    assertThat(seen.take()).isEqualTo("failed: a defect");
    loop.close();
    assertThat(seen).containsExactly("end");
  }

  @Test
  void aTurnMayCloseItsOwnLoop() throws InterruptedException {
    var loops = new LinkedBlockingQueue<AgentLoop>();
    var loop =
        new AgentLoop("agent", () -> loops.take().close(), this::note)
            .endingWith(() -> seen.add("end"));
    loops.add(loop);
    loop.start();
    assertThat(seen.take()).isEqualTo("end");
    loop.close();
    assertThat(seen).isEmpty();
  }

  @Test
  void stopDoesNotWaitForTheTurn() throws InterruptedException {
    var permits = new Semaphore(0);
    var loop =
        new AgentLoop(
                "agent",
                () -> {
                  seen.add("turn");
                  permits.acquire();
                },
                this::note)
            .endingWith(() -> seen.add("end"));
    loop.start();
    assertThat(seen.take()).isEqualTo("turn");
    loop.stop();
    assertThat(loop.isClosing()).isTrue();
    assertThat(seen).isEmpty();
    permits.release();
    assertThat(seen.take()).isEqualTo("end");
  }

  @Test
  void oneThatIsClosedBeforeItStartsNeverTurns() throws InterruptedException {
    var loop =
        new AgentLoop("agent", () -> seen.add("turn"), this::note)
            .endingWith(() -> seen.add("end"));
    loop.close();
    loop.start();
    assertThat(seen.take()).isEqualTo("end");
    assertThat(seen).isEmpty();
  }

  /** A loop on a thread that says what it ends by. */
  private AgentLoop failing(AgentLoop.Turn turn) {
    return new AgentLoop("agent", turn, this::note)
        .pausingAfterFailure(0)
        .endingWith(
            () ->
                Thread.currentThread()
                    .setUncaughtExceptionHandler((_, defect) -> ends.add(defect)));
  }

  @Test
  void aDefectInEachTurnEndsItAndItsThreadSaysSo() throws InterruptedException {
    var loop =
        failing(
            () -> {
              throw new IllegalStateException("a defect");
            });
    loop.start();
    assertThat(ends.take())
        .isInstanceOf(AgentLoop.DefectException.class)
        .hasMessageContaining("agent")
        .hasRootCauseMessage("a defect");
    assertThat(loop.failures()).isEqualTo(AgentLoop.MOST_DEFECTS);
  }

  @Test
  void anErrorEndsItAtOnce() throws InterruptedException {
    var loop =
        failing(
            () -> {
              throw new StackOverflowError("too deep");
            });
    loop.start();
    assertThat(ends.take())
        .isInstanceOf(AgentLoop.DefectException.class)
        .hasRootCauseMessage("too deep");
  }

  @Test
  void whatComesFromOutsideOrPassesNeverEndsIt() throws InterruptedException {
    for (var turn : List.of(Outside.GONE, Outside.STRANGE, Outside.BETTER_AT_TIMES)) {
      var left = new Semaphore(5 * AgentLoop.MOST_DEFECTS);
      var done = new CountDownLatch(1);
      var loop =
          failing(
              () -> {
                if (!left.tryAcquire()) {
                  done.countDown();
                }
                turn.run(left.availablePermits());
              });
      if (turn == Outside.STRANGE) {
        loop.facingStrangers();
      }
      loop.start();
      done.await();
      loop.close();
      assertThat(ends).as("%s", turn).isEmpty();
    }
  }

  /** Why turns fail that are no defect for good. */
  private enum Outside {
    GONE,
    STRANGE,
    BETTER_AT_TIMES;

    void run(int left) throws IOException {
      switch (this) {
        case GONE -> throw new IOException("no interface");
        case STRANGE -> throw new IllegalStateException("a frame of a stranger");
        case BETTER_AT_TIMES -> {
          if (left % (AgentLoop.MOST_DEFECTS - 1) != 0) {
            throw new IllegalStateException("a defect");
          }
        }
      }
    }
  }
}
