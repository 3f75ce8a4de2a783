// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.nanny;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.lvsdirector.config.CheckSettings;
import org.lvsdirector.config.CheckSettings.Check;
import org.lvsdirector.config.CheckSettings.Expect;
import org.lvsdirector.config.Endpoint;
import org.lvsdirector.config.IpAddress;
import org.lvsdirector.config.Protocol;
import org.lvsdirector.nanny.CheckResult.Bad;
import org.lvsdirector.nanny.CheckResult.Good;

@Timeout(30)
class SocketCheckerTest {
  private static final Duration AMPLE = Duration.ofSeconds(10);
  private static final Duration SHORT = Duration.ofSeconds(1);
  private static final Expect HTTP_200 = new Expect.Prefix("HTTP/1.1 200");

  private final SocketChecker checker = new SocketChecker();

  @AfterEach
  void end() {
    checker.close();
  }

  private CheckResult check(Endpoint server, Check check, Duration timeout) {
    try {
      return checker.check(server, new CheckSettings(check, Duration.ofSeconds(1), timeout, 1, 1));
    } catch (InterruptedException e) {
      return fail(e);
    }
  }

  private CheckResult ask(Endpoint server, String send, Expect expect, Duration timeout) {
    return check(server, new Check.SendExpect(Protocol.TCP, send, expect), timeout);
  }

  private CheckResult askUdp(Endpoint server, String send, Expect expect, Duration timeout) {
    return check(server, new Check.SendExpect(Protocol.UDP, send, expect), timeout);
  }

  private static void assertBad(CheckResult result, String reason) {
    assertThat(result)
        .isInstanceOfSatisfying(Bad.class, bad -> assertThat(bad.reason()).isEqualTo(reason));
  }

  private static void assertGood(CheckResult result, String detail) {
    assertThat(result)
        .isInstanceOfSatisfying(Good.class, good -> assertThat(good.detail()).isEqualTo(detail));
  }

  private static Endpoint nobody() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.12"))) {
      return new Endpoint(IpAddress.of("127.0.0.12"), socket.getLocalPort());
    }
  }

  @Test
  void connectIsGoodWhereSomebodyListens() throws Exception {
    try (var server = RealServer.start(connection -> {})) {
      assertGood(check(server.endpoint(), new Check.Connect(), AMPLE), "connected");
    }
  }

  @Test
  void connectIsBadWhereNobodyListens() throws Exception {
    assertBad(check(nobody(), new Check.Connect(), AMPLE), "connection refused");
  }

  @Test
  void noneIsGoodWithoutTouchingTheServer() throws Exception {
    assertGood(check(nobody(), new Check.None(), AMPLE), "not checked");
  }

  @Test
  void rightAnswerIsGood() throws Exception {
    try (var server = RealServer.start(RealServer.answering("HTTP/1.1 200 OK\r\n\r\nhello"))) {
      assertGood(
          ask(server.endpoint(), "GET /\r\n", HTTP_200, AMPLE), "answer began with 'HTTP/1.1 200'");
    }
  }

  @Test
  void wrongAnswerIsBadAtOnceAndShown() throws Exception {
    try (var server = RealServer.start(RealServer.answering("HTTP/1.1 500 Oh\r\n\r\n"))) {
      assertBad(
          ask(server.endpoint(), "GET /\r\n", HTTP_200, AMPLE),
          "answer began with 'HTTP/1.1 500', expected 'HTTP/1.1 200'");
    }
  }

  @Test
  void requestArrivesByteForByte() throws Exception {
    var all = new StringBuilder();
    for (var c = 0; c < 256; c++) {
      all.append((char) c);
    }
    var received = new CompletableFuture<String>();
    try (var server =
        RealServer.start(
            connection -> {
              var bytes = connection.getInputStream().readNBytes(256);
              received.complete(new String(bytes, StandardCharsets.ISO_8859_1));
              connection.getOutputStream().write(bytes);
            })) {
      var result = ask(server.endpoint(), all.toString(), new Expect.Prefix(all.toString()), AMPLE);
      assertThat(result).isInstanceOf(Good.class);
      assertThat(received.join()).isEqualTo(all.toString());
    }
  }

  @Test
  void answerThatComesByteByByteIsGathered() throws Exception {
    try (var server =
        RealServer.start(
            connection -> {
              connection.setTcpNoDelay(true);
              for (var b : "HTTP/1.1 200 OK".getBytes(StandardCharsets.ISO_8859_1)) {
                connection.getOutputStream().write(b);
                LockSupport.parkNanos(1_000_000);
              }
            })) {
      assertThat(ask(server.endpoint(), "", HTTP_200, AMPLE)).isInstanceOf(Good.class);
    }
  }

  @Test
  void oneDeadlineHoldsForAnAnswerThatKeepsDripping() throws Exception {
    try (var server =
        RealServer.start(
            connection -> {
              connection.getOutputStream().write('H');
              while (connection.getInputStream().read() >= 0) {
                connection.getOutputStream().write('H');
              }
            })) {
      assertBad(
          ask(server.endpoint(), "x", new Expect.Prefix("HH-never"), SHORT),
          "answer not complete within 1 s: got 'HH', expected 'HH-never'");
    }
  }

  @Test
  void silentServerIsBadAtTheDeadline() throws Exception {
    try (var server = RealServer.start(connection -> {})) {
      assertBad(ask(server.endpoint(), "x", HTTP_200, SHORT), "no answer within 1 s");
      assertBad(ask(server.endpoint(), "x", new Expect.Anything(), SHORT), "no answer within 1 s");
    }
  }

  @Test
  void serverWhoseBacklogIsFullIsBadAtTheDeadline() throws Exception {
    var address = InetAddress.getByName("127.0.0.13");
    var waiting = new ArrayList<SocketChannel>();
    try (var listening = new ServerSocket(0, 1, address)) {
      var target = new InetSocketAddress(address, listening.getLocalPort());
      for (var i = 0; i < 8; i++) {
        var channel = SocketChannel.open();
        channel.configureBlocking(false);
        channel.connect(target);
        waiting.add(channel);
      }
      assertBad(
          check(
              new Endpoint(IpAddress.of("127.0.0.13"), target.getPort()),
              new Check.Connect(),
              SHORT),
          "not connected within 1 s");
    } finally {
      for (var channel : waiting) {
        channel.close();
      }
    }
  }

  @Test
  void serverThatReadsNothingIsBadAtTheDeadlineOfALongRequest() throws Exception {
    try (var server = RealServer.start(connection -> {})) {
      assertBad(
          ask(server.endpoint(), "x".repeat(32 << 20), new Expect.Nothing(), SHORT),
          "not everything sent within 1 s");
    }
  }

  @Test
  void resetIsBad() throws Exception {
    try (var server =
        RealServer.start(
            connection -> {
              connection.getInputStream().read();
              connection.setSoLinger(true, 0);
              connection.close();
            })) {
      assertBad(ask(server.endpoint(), "x", HTTP_200, AMPLE), "connection reset");
    }
  }

  @Test
  void earlyCloseIsBad() throws Exception {
    try (var server =
        RealServer.start(
            connection -> {
              connection.getInputStream().read();
              connection.close();
            })) {
      assertBad(ask(server.endpoint(), "x", HTTP_200, AMPLE), "closed without an answer");
      assertBad(
          ask(server.endpoint(), "x", new Expect.Anything(), AMPLE), "closed without an answer");
    }
  }

  @Test
  void closeInTheMiddleOfTheAnswerIsBad() throws Exception {
    try (var server =
        RealServer.start(
            connection -> {
              connection.getInputStream().read();
              connection.getOutputStream().write("HTTP/".getBytes(StandardCharsets.US_ASCII));
              connection.close();
            })) {
      assertBad(
          ask(server.endpoint(), "x", HTTP_200, AMPLE),
          "answer ended after 'HTTP/', expected 'HTTP/1.1 200'");
    }
  }

  @Test
  void sendOnlyIsGoodWhenItIsSent() throws Exception {
    try (var server = RealServer.start(connection -> {})) {
      assertGood(ask(server.endpoint(), "x", new Expect.Nothing(), AMPLE), "connected and sent");
    }
  }

  @Test
  void regexIsSoughtAcrossSegments() throws Exception {
    try (var server =
        RealServer.start(
            connection -> {
              connection.setTcpNoDelay(true);
              var out = connection.getOutputStream();
              out.write("x".repeat(20_000).getBytes(StandardCharsets.US_ASCII));
              out.flush();
              out.write("status=gre".getBytes(StandardCharsets.US_ASCII));
              out.flush();
              LockSupport.parkNanos(1_000_000);
              out.write("en;".getBytes(StandardCharsets.US_ASCII));
            })) {
      assertGood(
          ask(server.endpoint(), "", new Expect.Regex("status=\\w+;"), AMPLE),
          "answer matched 'status=\\\\w+;'");
    }
  }

  @Test
  void regexAtTheEndOfTheAnswerMatchesWhenTheServerSaysNoMore() throws Exception {
    try (var server = RealServer.start(RealServer.answering("all OK"))) {
      assertGood(
          ask(server.endpoint(), "x", new Expect.Regex("OK$"), SHORT),
          "answer matched until the deadline");
    }
  }

  @Test
  void endlessAnswerIsLookedAtFor64KiB() throws Exception {
    try (var server =
        RealServer.start(
            connection -> {
              var block = "x".repeat(8192).getBytes(StandardCharsets.US_ASCII);
              while (true) {
                connection.getOutputStream().write(block);
              }
            })) {
      assertBad(
          ask(server.endpoint(), "", new Expect.Regex("never"), AMPLE),
          "answer '" + "x".repeat(60) + "...' does not match 'never'");
    }
  }

  @Test
  void regexThatBacktracksForEverEndsAtTheDeadline() throws Exception {
    try (var server = RealServer.start(RealServer.answering("x".repeat(5000) + "!"))) {
      var result = ask(server.endpoint(), "x", new Expect.Regex("(x+x+)+y\\b.*\\1"), SHORT);
      assertBad(result, "comparing the answer took too long, more than 1 s");
    }
  }

  @Test
  void brokenRegexIsBadWithItsReason() throws Exception {
    var result = ask(nobody(), "x", new Expect.Regex("a("), AMPLE);
    assertBad(result, "not a regular expression: Unclosed group");
  }

  @Test
  void connectionThatMeetsItselfIsRecognised() throws Exception {
    var address = new InetSocketAddress(InetAddress.getByName("127.0.0.14"), nobody().port());
    try (var channel = SocketChannel.open()) {
      channel.bind(address);
      channel.connect(address);
      assertThat(TcpCheck.isSelfConnected(channel)).isTrue();
    }
  }

  @Test
  void interruptEndsACheckAtOnce() throws Exception {
    var isAsked = new CountDownLatch(1);
    var thrown = new AtomicReference<Throwable>();
    try (var server =
        RealServer.start(
            connection -> {
              connection.getInputStream().read();
              isAsked.countDown();
            })) {
      var settings =
          new CheckSettings(
              new Check.SendExpect(Protocol.TCP, "x", HTTP_200),
              Duration.ofHours(1),
              Duration.ofHours(1),
              1,
              1);
      var nanny =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      checker.check(server.endpoint(), settings);
                    } catch (InterruptedException e) {
                      thrown.set(e);
                    }
                  });
      isAsked.await();
      nanny.interrupt();
      nanny.join();
      assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
    }
  }

  @Test
  void goodCheckEndsInOrderAndABadOneWithAReset() throws Exception {
    var ends = new ArrayList<CompletableFuture<String>>();
    ends.add(new CompletableFuture<>());
    ends.add(new CompletableFuture<>());
    var next = new AtomicInteger();
    try (var server =
        RealServer.start(
            connection -> {
              var end = ends.get(next.getAndIncrement());
              end.complete(howItEnds(connection));
            })) {
      assertThat(ask(server.endpoint(), "x", new Expect.Nothing(), AMPLE)).isInstanceOf(Good.class);
      assertThat(ends.get(0).join()).isEqualTo("end");
      assertThat(ask(server.endpoint(), "x", HTTP_200, SHORT)).isInstanceOf(Bad.class);
      assertThat(ends.get(1).join()).isEqualTo("reset");
    }
  }

  private static String howItEnds(Socket connection) {
    try {
      InputStream in = connection.getInputStream();
      while (in.read() >= 0) {
        // The request.
      }
      return "end";
    } catch (IOException _) {
      return "reset";
    }
  }

  @Test
  void udpAnswerIsComparedWithItsDatagram() throws Exception {
    try (var socket = udpServer("pong and more")) {
      var server = endpoint(socket);
      assertGood(
          askUdp(server, "ping", new Expect.Prefix("pong"), AMPLE), "answer began with 'pong'");
      assertGood(
          askUdp(server, "ping", new Expect.Regex("more$"), AMPLE), "answer matched 'more$'");
      assertBad(
          askUdp(server, "ping", new Expect.Prefix("no"), AMPLE),
          "answer began with 'po', expected 'no'");
      assertBad(
          askUdp(server, "", new Expect.Anything(), AMPLE),
          "nothing to send, and a UDP server speaks only when asked");
      assertGood(askUdp(server, "ping", new Expect.Nothing(), AMPLE), "sent and answered");
    }
  }

  @Test
  void udpPortThatIsRefusedIsBad() throws Exception {
    assertBad(
        askUdp(nobody(), "ping", new Expect.Anything(), AMPLE),
        "connection refused (port unreachable)");
    assertBad(
        askUdp(nobody(), "ping", new Expect.Nothing(), AMPLE),
        "connection refused (port unreachable)");
  }

  @Test
  void udpServerThatIsSilentIsBadOnlyWhereAnAnswerIsExpected() throws Exception {
    try (var socket = new DatagramSocket(0, InetAddress.getByName("127.0.0.15"))) {
      assertBad(
          askUdp(endpoint(socket), "ping", new Expect.Anything(), SHORT), "no answer within 1 s");
      assertGood(
          askUdp(endpoint(socket), "ping", new Expect.Nothing(), SHORT), "sent and not refused");
    }
  }

  private static Endpoint endpoint(DatagramSocket socket) {
    return new Endpoint(IpAddress.of("127.0.0.15"), socket.getLocalPort());
  }

  private static DatagramSocket udpServer(String answer) throws IOException {
    var socket = new DatagramSocket(0, InetAddress.getByName("127.0.0.15"));
    Thread.ofVirtual()
        .start(
            () -> {
              var bytes = answer.getBytes(StandardCharsets.US_ASCII);
              try {
                while (true) {
                  var request = new DatagramPacket(new byte[100], 100);
                  socket.receive(request);
                  socket.send(new DatagramPacket(bytes, bytes.length, request.getSocketAddress()));
                }
              } catch (IOException _) {
                // The test ended.
              }
            });
    return socket;
  }

  @Test
  void noCheckLeavesADescriptorBehind() throws Exception {
    try (var right = RealServer.start(RealServer.answering("HTTP/1.1 200"));
        var silent = RealServer.start(connection -> {});
        var udp = udpServer("pong")) {
      Runnable everyPath =
          () -> {
            ask(right.endpoint(), "x", HTTP_200, AMPLE);
            ask(right.endpoint(), "x", new Expect.Prefix("no"), AMPLE);
            ask(silent.endpoint(), "x", HTTP_200, Duration.ofMillis(2));
            ask(new Endpoint(IpAddress.of("127.0.0.16"), 1), "x", HTTP_200, AMPLE);
            askUdp(endpoint(udp), "x", HTTP_200, AMPLE);
            askUdp(new Endpoint(IpAddress.of("127.0.0.16"), 1), "x", HTTP_200, AMPLE);
          };
      everyPath.run();
      var before = ownSockets();
      for (var i = 0; i < 50; i++) {
        everyPath.run();
      }
      var servers = right.connections() + silent.connections();
      assertThat(servers).isGreaterThan(100);
      right.hangUp();
      silent.hangUp();
      await().untilAsserted(() -> assertThat(ownSockets()).isLessThanOrEqualTo(before));
    }
  }

  private static long ownSockets() throws IOException {
    var count = 0L;
    try (var descriptors = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
      for (var descriptor : descriptors) {
        count += isSocket(descriptor) ? 1 : 0;
      }
    }
    return count;
  }

  private static boolean isSocket(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
    } catch (IOException _) {
      return false;
    }
  }

  @Test
  void answerGrowsUpToItsLimit() {
    var answer = new Answer(Long.MAX_VALUE);
    answer.take(ByteBuffer.wrap(new byte[100_000]));
    assertThat(answer.isFull()).isTrue();
    assertThat(answer.length()).isEqualTo(Expectation.MOST_BYTES);
  }

  private static void serveAndAwaitTheEnd(
      Socket connection, CompletableFuture<String> ending, String first, String later)
      throws IOException {
    var out = connection.getOutputStream();
    try {
      out.write(first.getBytes(StandardCharsets.ISO_8859_1));
      LockSupport.parkNanos(100_000_000);
      out.write(later.getBytes(StandardCharsets.ISO_8859_1));
      connection.getInputStream().transferTo(OutputStream.nullOutputStream());
      ending.complete("end of stream");
    } catch (IOException e) {
      ending.complete(e.toString());
    } finally {
      connection.close();
    }
  }

  @Test
  void everyGoodCheckOverTcpEndsLikeAClientsConnection() throws Exception {
    var page = "HTTP/1.1 200 OK\r\n\r\n" + "x".repeat(300_000);
    var checks =
        Map.of(
            new Check.Connect(),
            "220 ready\r\n",
            new Check.SendExpect(Protocol.TCP, "GET /\r\n", HTTP_200),
            page,
            new Check.SendExpect(Protocol.TCP, "QUIT\r\n", new Expect.Anything()),
            "220-one\r\n",
            new Check.SendExpect(Protocol.TCP, "", new Expect.Prefix("220")),
            "220-one\r\n",
            new Check.SendExpect(Protocol.TCP, "QUIT\r\n", new Expect.Nothing()),
            page,
            new Check.SendExpect(Protocol.TCP, "", new Expect.Regex("HTTP")),
            page);
    for (var entry : checks.entrySet()) {
      var ending = new CompletableFuture<String>();
      try (var server =
          RealServer.start(
              connection ->
                  serveAndAwaitTheEnd(connection, ending, entry.getValue(), "220 two\r\n"))) {
        assertThat(check(server.endpoint(), entry.getKey(), AMPLE)).isInstanceOf(Good.class);
        assertThat(ending.get(10, TimeUnit.SECONDS))
            .as("%s", entry.getKey())
            .isEqualTo("end of stream");
      }
    }
  }

  @Test
  void serverThatNeverStopsTalkingIsLeft() throws Exception {
    var ending = new CompletableFuture<String>();
    var chunk = new byte[64 * 1024];
    try (var server =
        RealServer.start(
            connection -> {
              try {
                while (true) {
                  connection.getOutputStream().write(chunk);
                }
              } catch (IOException e) {
                ending.complete("left");
              }
            })) {
      assertThat(ask(server.endpoint(), "", new Expect.Anything(), AMPLE)).isInstanceOf(Good.class);
      assertThat(ending.get(10, TimeUnit.SECONDS)).isEqualTo("left");
    }
  }

  @Test
  void noKindOfCheckBlamesAServerForWantOfDescriptors() throws Exception {
    try (var server = RealServer.start(RealServer.answering("HTTP/1.1 200 OK\r\n\r\n"))) {
      var checks =
          List.of(
              new Check.Connect(),
              new Check.SendExpect(Protocol.TCP, "GET /\r\n", HTTP_200),
              new Check.SendExpect(Protocol.UDP, "x", new Expect.Anything()),
              new Check.Script("true", new Expect.Nothing()),
              new Check.Script("echo OK", new Expect.Exactly("OK")));
      checks.forEach(check -> check(server.endpoint(), check, SHORT));
      assertThat(
              check(server.endpoint(), new Check.Script("/missing", new Expect.Nothing()), SHORT))
          .as("also loads what is needed to say so")
          .isInstanceOf(CheckResult.Undecided.class);
      for (var check : checks) {
        CheckResult result;
        try (var _ = Descriptors.exhausted()) {
          result = check(server.endpoint(), check, SHORT);
        }
        assertThat(result).as("%s", check).isInstanceOf(CheckResult.Undecided.class);
      }
      assertThat(check(server.endpoint(), new Check.Connect(), AMPLE)).isInstanceOf(Good.class);
    }
  }
}
