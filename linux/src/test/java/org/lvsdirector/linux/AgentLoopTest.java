// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AgentLoopTest {
  private static final long FOR_EVER = TimeUnit.DAYS.toNanos(1);

  private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();

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
}
