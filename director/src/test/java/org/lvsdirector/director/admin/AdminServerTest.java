// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.admin;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lvsdirector.director.admin.AdminServer.Reply;

final class AdminServerTest {
  @TempDir Path folder = Path.of("");

  private record Greeting(String text) {}

  private static final Duration LONG = Duration.ofSeconds(60);

  private static final List<Endpoint> HELLO =
      List.of(Endpoint.read("/v1/hello", "greets", _ -> Reply.json(200, new Greeting("hello"))));

  private Path socket() {
    return folder.resolve("admin.sock");
  }

  @Test
  void answersARoute() throws IOException {
    try (var _ = AdminServer.open(socket(), HELLO)) {
      var answer = new AdminClient(socket()).get("/v1/hello");

      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.body()).contains("\"text\" : \"hello\"");
    }
  }

  @Test
  void carriesAnswersOfManyMegabytes() throws IOException {
    var text = "x".repeat(5_000_000);
    try (var _ =
        AdminServer.open(
            socket(),
            List.of(Endpoint.read("/v1/long", "long", _ -> Reply.of(200, "text/plain", text))))) {
      assertThat(new AdminClient(socket()).get("/v1/long").body()).isEqualTo(text);
    }
  }

  @Test
  void anUnknownRouteIsNotFoundAndAFailingOneSaysSo() throws IOException {
    try (var _ =
        AdminServer.open(
            socket(),
            List.of(
                Endpoint.read(
                    "/v1/broken",
                    "broken",
                    _ -> {
                      throw new IllegalStateException("out of order");
                    })))) {
      assertThat(new AdminClient(socket()).post("/v1/nowhere").status()).isEqualTo(404);
      var broken = new AdminClient(socket()).get("/v1/broken");
      assertThat(broken.status()).isEqualTo(500);
      assertThat(broken.body()).contains("out of order");
    }
  }

  @Test
  void onlyOwnerAndGroupMayUseTheSocketAndCloseRemovesIt() throws IOException {
    try (var _ = AdminServer.open(socket(), List.of())) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket())))
          .isEqualTo("rw-rw----");
    }

    assertThat(socket()).doesNotExist();
  }

  @Test
  void replacesTheSocketOfADeadDaemonButNotThatOfALivingOne() throws IOException {
    try (var dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      dead.bind(UnixDomainSocketAddress.of(socket()));
    }
    assertThat(socket()).exists();

    try (var _ = AdminServer.open(socket(), List.of())) {
      assertThatThrownBy(() -> AdminServer.open(socket(), List.of()))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("another director");
      assertThat(new AdminClient(socket()).get("/").status()).isEqualTo(404);
    }
  }

  @Test
  void leavesAFileAloneThatIsNoSocket() throws IOException {
    Files.writeString(socket(), "precious");

    assertThatThrownBy(() -> AdminServer.open(socket(), List.of()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no socket");
    assertThat(socket()).hasContent("precious");
  }

  @Test
  void aPathThatIsTooLongNamesTheLimit() {
    assertThatThrownBy(() -> AdminServer.open(folder.resolve("x".repeat(120)), List.of()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("107");
  }

  @Test
  void aWrongMethodIsNotAllowed() throws IOException {
    try (var _ = AdminServer.open(socket(), HELLO)) {
      assertThat(new AdminClient(socket()).post("/v1/hello").status()).isEqualTo(405);
    }
  }

  /** As RFC 9110, 15.5.6 wants it. */
  @Test
  void anAnswerToAWrongMethodNamesTheRightOnes() throws IOException {
    try (var _ = AdminServer.open(socket(), HELLO);
        var channel = SocketChannel.open(UnixDomainSocketAddress.of(socket()))) {
      channel.write(US_ASCII.encode("PUT /v1/hello HTTP/1.1\r\nHost: x\r\n\r\n"));

      var answer = new String(Channels.newInputStream(channel).readAllBytes(), US_ASCII);
      assertThat(answer).startsWith("HTTP/1.1 405").containsIgnoringCase("\r\nallow: GET\r\n");
    }
  }

  @Test
  void anAnswerThatIsCutShortIsNoAnswer() throws IOException {
    try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(socket()));
      var _ =
          Thread.ofPlatform()
              .daemon()
              .start(
                  () -> {
                    try (var asked = server.accept()) {
                      asked.write(
                          US_ASCII.encode("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nwhole"));
                    } catch (IOException e) {
                      throw new IllegalStateException(e);
                    }
                  });

      assertThatThrownBy(() -> new AdminClient(socket()).get("/v1/hello"))
          .hasMessageContaining("cut short");
    }
  }

  @Test
  void whatIsNoRequestIsAnswered400AndNothingIsLookedUp() throws IOException {
    var called = new AtomicInteger();
    try (var _ = AdminServer.open(socket(), counting(called))) {
      for (var bad :
          List.of(
              "GET /v1/hello\r\n\r\n",
              "GET /v1/hello HTTP/1.1 x\r\n\r\n",
              "nonsense\r\n\r\n",
              "GET /v1/hello HTTP/1.1\r\nfield with blanks : x\r\n\r\n",
              "GET /v1/hello HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
              "GET /v1/hello?" + "x".repeat(2000) + " HTTP/1.1\r\n\r\n",
              "GET /v1/hello HTTP/1.1\r\nA: " + "x".repeat(9000) + "\r\n\r\n")) {
        assertThat(asked(bad)).as(bad).startsWith("HTTP/1.1 400");
      }
      assertThat(called).hasValue(0);
    }
  }

  @Test
  void aBodyIsRefusedBeforeItIsSent() throws IOException {
    var called = new AtomicInteger();
    try (var _ = AdminServer.open(socket(), counting(called))) {
      for (var field :
          List.of("Content-Length: 1", "Content-Length: 999999999", "Transfer-Encoding: chunked")) {
        assertThat(asked("GET /v1/hello HTTP/1.1\r\n" + field + "\r\n\r\n"))
            .as(field)
            .startsWith("HTTP/1.1 413");
      }
      assertThat(called).hasValue(0);
      assertThat(asked("GET /v1/hello HTTP/1.1\r\nContent-Length: 0\r\n\r\n"))
          .startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void aSecondRequestOfAConnectionIsNotAnswered() throws IOException {
    var called = new AtomicInteger();
    try (var _ = AdminServer.open(socket(), counting(called))) {
      var answer = asked("GET /v1/hello HTTP/1.1\r\n\r\n".repeat(100));

      assertThat(answer.split("HTTP/1.1 200", -1)).hasSize(2);
      assertThat(called).hasValue(1);
    }
  }

  @Test
  void oneConnectionTooManyIsTurnedAwayUntilAnotherEnds() throws IOException {
    var limits = new AdminLimits(2, LONG, 8, LONG);
    try (var _ = AdminServer.open(socket(), HELLO, limits)) {
      try (var _ = connect();
          var _ = connect()) {
        var answer = new AdminClient(socket()).get("/v1/hello");
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.body()).contains("too many connections");
      }
      await().until(() -> new AdminClient(socket()).get("/v1/hello").status() == 200);
    }
  }

  @Test
  void whoAsksNothingOrTooSlowlyIsClosed() throws IOException {
    var limits = new AdminLimits(2, Duration.ofMillis(200), 8, LONG);
    try (var _ = AdminServer.open(socket(), HELLO, limits)) {
      for (var part : List.of("", "GET /v1/hel")) {
        assertThat(asked(part)).as(part).isEmpty();
      }
    }
  }

  @Test
  void whoDoesNotTakeTheAnswerIsClosedAndHoldsNoOtherUpForLonger() throws IOException {
    var limits = new AdminLimits(32, LONG, 1, Duration.ofMillis(300));
    var text = "x".repeat(20_000_000);
    var endpoints =
        List.of(
            Endpoint.read("/v1/long", "long", _ -> Reply.of(200, "text/plain", text)),
            HELLO.getFirst());
    try (var _ = AdminServer.open(socket(), endpoints, limits);
        var stuck = connect()) {
      stuck.write(US_ASCII.encode("GET /v1/long HTTP/1.1\r\n\r\n"));
      var some = ByteBuffer.allocate(1);
      assertThat(stuck.read(some)).isOne();

      assertThat(new AdminClient(socket()).get("/v1/hello").status()).isEqualTo(200);
      assertThat(Channels.newInputStream(stuck).readAllBytes().length).isLessThan(text.length());
    }
  }

  /** Orders are not kept waiting by those who only ask. */
  @Test
  void answersUnderWayAreFewAndAnOrderGoesBeforeThem() throws IOException {
    var limits = new AdminLimits(32, Duration.ofMillis(200), 1, LONG);
    var isReleased = new CountDownLatch(1);
    var isEntered = new CountDownLatch(1);
    var endpoints =
        List.of(
            Endpoint.read("/v1/slow", "slow", _ -> waitFor(isEntered, isReleased)),
            Endpoint.write("/v1/order", "order", _ -> Reply.json(200, new Greeting("done"))),
            HELLO.getFirst());
    try (var _ = AdminServer.open(socket(), endpoints, limits);
        var slow = connect()) {
      slow.write(US_ASCII.encode("GET /v1/slow HTTP/1.1\r\n\r\n"));
      await().until(() -> isEntered.getCount() == 0);

      assertThat(new AdminClient(socket()).get("/v1/hello").status()).isEqualTo(503);
      assertThat(new AdminClient(socket()).post("/v1/order").status()).isEqualTo(200);
      isReleased.countDown();
      assertThat(Channels.newInputStream(slow).readAllBytes()).isNotEmpty();
      await().until(() -> new AdminClient(socket()).get("/v1/hello").status() == 200);
    }
  }

  /** The proxy engine's buffers are of the allocator that everybody has by default. */
  @Test
  void itsMemoryIsNotTheProxys() throws IOException {
    var text = "x".repeat(5_000_000);
    var shared = ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT).metric();
    var before = shared.usedDirectMemory() + shared.usedHeapMemory();
    try (var _ =
        AdminServer.open(
            socket(),
            List.of(Endpoint.read("/v1/long", "long", _ -> Reply.of(200, "text/plain", text))))) {
      assertThat(new AdminClient(socket()).get("/v1/long").status()).isEqualTo(200);
      assertThat(shared.usedDirectMemory() + shared.usedHeapMemory()).isEqualTo(before);
    }
  }

  private static List<Endpoint> counting(AtomicInteger called) {
    return List.of(
        Endpoint.read(
            "/v1/hello",
            "counts",
            _ -> {
              called.incrementAndGet();
              return Reply.json(200, new Greeting("hello"));
            }));
  }

  private static Reply waitFor(CountDownLatch told, CountDownLatch awaited) {
    told.countDown();
    try {
      return Reply.json(awaited.await(60, TimeUnit.SECONDS) ? 200 : 500, new Greeting("waited"));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private SocketChannel connect() throws IOException {
    return SocketChannel.open(UnixDomainSocketAddress.of(socket()));
  }

  /**
   * What comes for some bytes until the connection is closed by the other side, or reset behind the
   * answer, because it has not read them all.
   */
  private String asked(String bytes) throws IOException {
    try (var channel = connect()) {
      channel.write(US_ASCII.encode(bytes));
      var in = Channels.newInputStream(channel);
      var answer = new StringBuilder();
      try {
        for (var next = in.read(); next >= 0; next = in.read()) {
          answer.append((char) next);
        }
      } catch (IOException reset) {
        if (answer.isEmpty()) {
          throw reset;
        }
      }
      return answer.toString();
    }
  }

  @Test
  void aMissingSocketIsAnError() {
    assertThatThrownBy(() -> new AdminClient(socket()).status()).isInstanceOf(IOException.class);
  }

  @Test
  void whoKeepsDaemonsOutMakesNoFileWhereNoneHasRun() throws IOException {
    try (var _ = AdminServer.keepOut(socket())) {
      try (var files = Files.list(folder)) {
        assertThat(files).isEmpty();
      }
    }
  }

  @Test
  void whoKeepsDaemonsOutDoesAfterOneHasRun() throws IOException {
    AdminServer.open(socket(), HELLO).close();
    try (var _ = AdminServer.keepOut(socket())) {
      assertThatThrownBy(() -> AdminServer.open(socket(), HELLO))
          .hasMessageContaining("another director already runs");
    }
  }

  @Test
  void noLinkInThePlaceOfTheLockIsFollowed() throws IOException {
    var elsewhere = folder.resolve("nologin");
    Files.createSymbolicLink(folder.resolve("admin.sock.lock"), elsewhere);

    assertThatThrownBy(() -> AdminServer.keepOut(socket())).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> AdminServer.open(socket(), HELLO)).isInstanceOf(IOException.class);

    assertThat(elsewhere).doesNotExist();
  }

  @Test
  void aPipeInThePlaceOfTheLockHoldsNobodyUp() throws IOException, InterruptedException {
    var lock = folder.resolve("admin.sock.lock").toString();
    assertThat(new ProcessBuilder("mkfifo", lock).start().waitFor()).isZero();

    assertTimeoutPreemptively(
        Duration.ofMinutes(1),
        () -> {
          assertThatThrownBy(() -> AdminServer.keepOut(socket()))
              .hasMessageContaining("no regular file");
          assertThatThrownBy(() -> AdminServer.open(socket(), HELLO))
              .hasMessageContaining("no regular file");
        });
  }
}
