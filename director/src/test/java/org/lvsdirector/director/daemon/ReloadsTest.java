// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.lvsdirector.director.daemon.Daemon.Reloaded;

@Timeout(60)
final class ReloadsTest {
  private final AtomicInteger count = new AtomicInteger();
  private final BlockingQueue<Integer> begun = new LinkedBlockingQueue<>();
  private final Semaphore permits = new Semaphore(0);
  private final Reloads reloads = new Reloads(this::reload);

  private Reloaded reload() {
    var number = count.incrementAndGet();
    begun.add(number);
    permits.acquireUninterruptibly();
    if (number == 3) {
      throw new IllegalStateException("a defect");
    }
    return new Reloaded(true, "reload " + number);
  }

  private static String said(CompletableFuture<Reloaded> order) {
    return order.join().text();
  }

  @Test
  void ordersThatWaitAreOneAndEachGetsItsAnswer() throws InterruptedException {
    var first = reloads.order();
    assertThat(begun.take()).isEqualTo(1);

    var waiting = IntStream.range(0, 800).mapToObj(_ -> reloads.order()).toList();

    assertThat(begun).as("while the first is at work").isEmpty();
    permits.release(2);
    assertThat(said(first)).isEqualTo("reload 1");
    assertThat(waiting).extracting(ReloadsTest::said).containsOnly("reload 2");
    assertThat(count).hasValue(2);
  }

  @Test
  void anOrderWaitsForNobody() throws InterruptedException {
    var first = reloads.order();
    begun.take();
    var second = reloads.order();
    assertThat(List.of(first.isDone(), second.isDone())).containsOnly(false);
    permits.release(2);
    assertThat(said(second)).isEqualTo("reload 2");
  }

  @Test
  void whatHasNotBegunAtTheEndIsRefusedAndNobodyWaitsForTheRest() throws InterruptedException {
    var atWork = reloads.order();
    begun.take();
    var waiting = reloads.order();

    reloads.close();

    assertThat(waiting.join()).isEqualTo(new Reloaded(false, "this director stops\n"));
    assertThat(reloads.order().join().isDone()).isFalse();
    assertThat(atWork.isDone()).isFalse();
    permits.release(2);
    assertThat(said(atWork)).isEqualTo("reload 1");
    assertThat(count).hasValue(1);
  }

  @Test
  void aDefectIsTheAnswerAndTheNextOneIsCarriedOut() throws InterruptedException {
    permits.release(4);
    assertThat(said(reloads.order())).isEqualTo("reload 1");
    assertThat(said(reloads.order())).isEqualTo("reload 2");
    assertThat(reloads.order())
        .failsWithin(java.time.Duration.ofSeconds(50))
        .withThrowableOfType(ExecutionException.class)
        .withMessageContaining("a defect");
    assertThat(said(reloads.order())).isEqualTo("reload 4");
  }
}
