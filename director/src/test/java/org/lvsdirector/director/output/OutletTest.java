// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.output;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.lvsdirector.director.output.Outlet.Rank;

@Timeout(60)
final class OutletTest {
  private static final byte[] LINE = ("x".repeat(1023) + "\n").getBytes(UTF_8);
  private static final int LINES_OF_ROOM = Outlet.ROOM_BYTES / LINE.length;
  private static final long FOR_EVER = TimeUnit.DAYS.toNanos(1);

  private final BlockingQueue<Long> gaps = new LinkedBlockingQueue<>();
  private final Outlet outlet = new Outlet(gap -> gaps.add(gap.lines()));
  private final Reader reader = new Reader();

  /** A pipe, whose reader may rest or be gone. */
  private static final class Reader extends OutputStream {
    final CountDownLatch entered = new CountDownLatch(1);
    final ByteArrayOutputStream read = new ByteArrayOutputStream();
    private volatile CountDownLatch gate = new CountDownLatch(0);
    private volatile boolean isGone;

    void rest() {
      gate = new CountDownLatch(1);
    }

    void goOn() {
      gate.countDown();
    }

    void leave() {
      isGone = true;
    }

    void comeBack() {
      isGone = false;
    }

    @Override
    public void write(int letter) throws IOException {
      write(new byte[] {(byte) letter}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      entered.countDown();
      try {
        gate.await();
      } catch (InterruptedException interrupted) {
        throw new IOException(interrupted);
      }
      if (isGone) {
        throw new IOException("Broken pipe");
      }
      read.write(bytes, offset, length);
    }

    List<String> lines() {
      return read.toString(UTF_8).lines().toList();
    }
  }

  private void ordinary(String line) {
    outlet.offer(reader, (line + "\n").getBytes(UTF_8), Rank.ORDINARY);
  }

  private void important(String line) {
    outlet.offer(reader, (line + "\n").getBytes(UTF_8), Rank.IMPORTANT);
  }

  /** The writer waits within the first line. */
  private void stick() throws InterruptedException {
    outlet.start();
    reader.rest();
    ordinary("first");
    reader.entered.await();
  }

  @Test
  void writesInTheOrderOfTheOffers() {
    outlet.start();
    IntStream.range(0, 100).forEach(i -> ordinary("line " + i));

    assertThat(outlet.awaitWritten(FOR_EVER)).isTrue();

    assertThat(reader.lines())
        .isEqualTo(IntStream.range(0, 100).mapToObj(i -> "line " + i).toList());
    assertThat(outlet.status()).isEqualTo(Outlet.Status.FLOWING);
    assertThat(gaps).isEmpty();
  }

  @Test
  void whoOffersNeverWaitsForAReaderThatRests() throws InterruptedException {
    stick();
    for (var i = 0; i < 3 * LINES_OF_ROOM; i++) {
      outlet.offer(reader, LINE, i % 2 == 0 ? Rank.IMPORTANT : Rank.ORDINARY);
    }

    var status = outlet.status();
    assertThat(status.dropped()).isBetween(2L * LINES_OF_ROOM, 3L * LINES_OF_ROOM);
    assertThat(status.stuckNanos()).isPositive();
    assertThat(outlet.awaitWritten(1)).isFalse();
    assertThat(reader.lines()).isEmpty();

    reader.goOn();
    assertThat(outlet.awaitWritten(FOR_EVER)).isTrue();
    await().until(() -> outlet.status().stuckNanos() == 0);
    assertThat(reader.lines()).hasSize((int) (1 + 3 * LINES_OF_ROOM - status.dropped()));
  }

  @Test
  void ordinaryLinesAreDroppedFirstAndTheImportantOnesHaveRoomLeft() throws InterruptedException {
    stick();
    for (var i = 0; i < LINES_OF_ROOM; i++) {
      outlet.offer(reader, LINE, Rank.ORDINARY);
    }
    var dropped = outlet.status().dropped();
    assertThat(dropped).isBetween(1L, (long) LINES_OF_ROOM);

    important("role STANDBY->ACTIVE");

    assertThat(outlet.status().dropped()).isEqualTo(dropped);
    reader.goOn();
    assertThat(outlet.awaitWritten(FOR_EVER)).isTrue();
    assertThat(reader.lines()).endsWith("role STANDBY->ACTIVE");
  }

  @Test
  void whatIsKeptHasRoomAlsoWhenErrorsFillIt() throws InterruptedException {
    stick();
    for (var i = 0; i < 2 * LINES_OF_ROOM; i++) {
      outlet.offer(reader, LINE, Rank.IMPORTANT);
    }
    var dropped = outlet.status().dropped();
    assertThat(dropped).isGreaterThan(LINES_OF_ROOM);

    for (var i = 0; i < LINES_OF_ROOM / 16; i++) {
      outlet.offer(reader, LINE, Rank.KEPT);
    }

    assertThat(outlet.status().dropped()).isEqualTo(dropped);
    for (var i = 0; i < LINES_OF_ROOM; i++) {
      outlet.offer(reader, LINE, Rank.KEPT);
    }
    assertThat(outlet.status().dropped()).as("it is bounded too").isGreaterThan(dropped);
    reader.goOn();
    assertThat(outlet.awaitWritten(FOR_EVER)).isTrue();
  }

  @Test
  void whatIsMissingIsToldOnceItFlowsAgainAndThenEverythingIsTaken() throws InterruptedException {
    stick();
    for (var i = 0; i < 2 * LINES_OF_ROOM; i++) {
      outlet.offer(reader, LINE, Rank.ORDINARY);
    }
    var dropped = outlet.status().dropped();
    assertThat(gaps).as("while it is stuck").isEmpty();

    reader.goOn();

    assertThat(gaps.take()).isEqualTo(dropped);
    assertThat(outlet.awaitWritten(FOR_EVER)).isTrue();
    ordinary("after");
    assertThat(outlet.awaitWritten(FOR_EVER)).isTrue();
    assertThat(reader.lines()).endsWith("after");
    assertThat(outlet.status().dropped()).isEqualTo(dropped);
    assertThat(gaps).isEmpty();
  }

  @Test
  void aReaderThatIsGoneCostsLinesAndNothingElse() throws InterruptedException {
    outlet.start();
    reader.leave();
    IntStream.range(0, 5).forEach(i -> ordinary("lost " + i));
    assertThat(outlet.awaitWritten(FOR_EVER)).isTrue();
    assertThat(outlet.status().dropped()).isEqualTo(5);
    assertThat(gaps).isEmpty();

    reader.comeBack();
    ordinary("read");

    assertThat(gaps.take()).isEqualTo(5);
    assertThat(reader.lines()).containsExactly("read");
  }

  @Test
  void aTextThatIsLargerThanTheRoomIsTakenWhenNothingWaits() {
    outlet.start();
    var text = "y\n".repeat(Outlet.ROOM_BYTES);
    outlet.offer(reader, text.getBytes(UTF_8), Rank.ORDINARY);

    assertThat(outlet.awaitWritten(FOR_EVER)).isTrue();

    assertThat(reader.read.toString(UTF_8)).isEqualTo(text);
    assertThat(outlet.status().dropped()).isZero();
  }

  @Test
  void manyThreadsLoseNothingWithoutACount() throws InterruptedException {
    stick();
    var threads =
        IntStream.range(0, 8)
            .mapToObj(
                i ->
                    Thread.ofVirtual()
                        .start(
                            () -> {
                              for (var j = 0; j < LINES_OF_ROOM; j++) {
                                outlet.offer(
                                    reader, LINE, j % 3 == 0 ? Rank.IMPORTANT : Rank.ORDINARY);
                              }
                            }))
            .toList();
    for (var thread : threads) {
      thread.join();
    }
    reader.goOn();
    assertThat(outlet.awaitWritten(FOR_EVER)).isTrue();

    assertThat(reader.lines().size() + outlet.status().dropped()).isEqualTo(1 + 8L * LINES_OF_ROOM);
  }

  @Test
  void printStreamsHandOverWholeLines() {
    outlet.start();
    var stream = new PrintStream(new LineStream(outlet, reader), false, UTF_8);
    stream.print("one ");
    stream.print("line");
    assertThat(reader.lines()).isEmpty();
    stream.println();
    stream.write('a');
    stream.write('\n');
    stream.print("not ended");
    stream.flush();

    assertThat(outlet.awaitWritten(FOR_EVER)).isTrue();
    assertThat(reader.lines()).containsExactly("one line", "a", "not ended");
  }
}
