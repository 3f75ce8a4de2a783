// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.pairing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lvsdirector.director.pairing.PairHost.Outcome;

/** A host and its guests on loopback: honest ones, and others. */
final class PairingTest {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final Duration FEW = Duration.ofSeconds(4);
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final Executor THREADS = task -> Thread.ofPlatform().daemon().start(task);
  private static final PairCode CODE = PairCode.of(new byte[] {1, 2, 3, 4, 5});
  private static final PairCode OTHER = PairCode.of(new byte[] {1, 2, 3, 4, 6});
  private static final PairBundle BUNDLE =
      new PairBundle("key THE-SECRET\n", "primary = 192.0.2.1\n", List.of("/etc/more.cf"));

  private final ConcurrentLinkedQueue<String> told = new ConcurrentLinkedQueue<>();
  private final AtomicLong aheadNanos = new AtomicLong();
  private PairHost host;

  @SuppressWarnings("NullAway.Init")
  PairingTest() {}

  @BeforeEach
  void listen() throws IOException {
    host =
        PairHost.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), LONG, this::now);
  }

  @AfterEach
  void close() throws IOException {
    host.close();
  }

  @Test
  void whoHasTheCodeGetsTheKeyAndTheHostKnows() throws IOException {
    var outcome = serve(host, LONG);

    assertThat(fetch(CODE)).isEqualTo(BUNDLE);
    assertThat(outcome.join()).isEqualTo(Outcome.TAKEN);
    assertThat(told).containsExactly("127.0.0.1 has the code");
  }

  @Test
  void aCodeIsGoodForOnePairing() throws IOException {
    var outcome = serve(host, LONG);
    fetch(CODE);
    assertThat(outcome.join()).isEqualTo(Outcome.TAKEN);
    host.close();

    assertThatThrownBy(() -> fetch(CODE)).isInstanceOf(IOException.class);
  }

  @Test
  void aWrongCodeGetsNothingAndTheRightOneStillWorks() throws IOException {
    var outcome = serve(host, LONG);

    assertThatThrownBy(() -> fetch(OTHER)).hasMessageContaining("another one there");
    assertThat(fetch(CODE)).isEqualTo(BUNDLE);
    assertThat(outcome.join()).isEqualTo(Outcome.TAKEN);
    assertThat(told).first().asString().contains("tried another code");
  }

  @Test
  void theThirdWrongCodeEndsIt() {
    var outcome = serve(host, LONG);

    for (var i = 0; i < OneTimeCode.TRIES; i++) {
      assertThatThrownBy(() -> fetch(OTHER)).hasMessageContaining("another one there");
    }
    assertThat(outcome.join()).isEqualTo(Outcome.SPENT);
  }

  /** Who goes away before the proof may have guessed as well: it costs a try too. */
  @Test
  void whoEndsTheExchangeHalfwayHasTried() throws IOException {
    var outcome = serve(host, LONG);

    for (var i = 0; i < OneTimeCode.TRIES; i++) {
      try (var socket = connect()) {
        var name = begin(socket.getInputStream());
        socket.getOutputStream().write(PairSession.HELLO);
        socket.getOutputStream().write(PairSession.share(OTHER, name, new byte[32]));
        assertThat(socket.getInputStream().readNBytes(Cpace.BYTES)).hasSize(Cpace.BYTES);
      }
    }
    assertThat(outcome.join()).isEqualTo(Outcome.SPENT);
  }

  @Test
  void aCodeThatHasExpiredIsNotServed() {
    assertThat(serve(host, Duration.ZERO).join()).isEqualTo(Outcome.EXPIRED);
    assertThat(serve(host, SHORT).join()).isEqualTo(Outcome.EXPIRED);
  }

  /** The connection began in time. */
  @Test
  void aCodeThatExpiresOnTheWayGetsNothing() throws IOException {
    var outcome = serve(host, LONG);
    try (var socket = connect()) {
      var in = socket.getInputStream();
      var name = begin(in);
      var own = PairSession.share(CODE, name, new byte[32]);
      socket.getOutputStream().write(PairSession.HELLO);
      socket.getOutputStream().write(own);
      var session = PairSession.ofGuest(name, new byte[32], own, in.readNBytes(Cpace.BYTES));
      aheadNanos.addAndGet(LONG.toNanos());
      socket.getOutputStream().write(session.guestProof());

      assertThat(in.readAllBytes()).containsExactly(PairSession.WRONG);
    }
    assertThat(outcome.join()).isEqualTo(Outcome.EXPIRED);
  }

  @Test
  void nonsenseAndSmallPointsOfStrangersEndTheirConnectionAlone() throws IOException {
    var outcome = serve(host, LONG);
    var small = new byte[PairSession.HELLO.length + Cpace.BYTES];
    System.arraycopy(PairSession.HELLO, 0, small, 0, PairSession.HELLO.length);
    for (var bytes :
        List.of("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII), new byte[5], small)) {
      try (var socket = connect()) {
        begin(socket.getInputStream());
        socket.getOutputStream().write(bytes);
        socket.shutdownOutput();
        assertThat(rest(socket.getInputStream())).isEmpty();
      }
    }
    assertThat(fetch(CODE)).isEqualTo(BUNDLE);
    assertThat(outcome.join()).isEqualTo(Outcome.TAKEN);
    assertThat(told).hasSize(4);
  }

  @Test
  void aStrangerThatSaysNothingHoldsNobodyUpForLong() throws IOException {
    host.close();
    host =
        PairHost.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), FEW, this::now);
    var outcome = serve(host, LONG);
    try (var silent = connect()) {
      begin(silent.getInputStream());

      assertThat(fetch(CODE)).isEqualTo(BUNDLE);
    }
    assertThat(outcome.join()).isEqualTo(Outcome.TAKEN);
  }

  /** Byte by byte, none of them late: the time is that of the whole exchange. */
  @Test
  void aStrangerThatDripsIsCutOff() throws IOException {
    host.close();
    host =
        PairHost.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), FEW, this::now);
    var outcome = serve(host, LONG);
    try (var slow = connect()) {
      begin(slow.getInputStream());
      slow.getOutputStream().write(PairSession.HELLO[0]);
      assertThat(rest(slow.getInputStream())).isEmpty();
    }
    fetch(CODE);
    assertThat(outcome.join()).isEqualTo(Outcome.TAKEN);
  }

  /** Passes everything on and changes one byte of what one of them says. */
  @Test
  void aChangedByteInTheMiddleLetsNothingBeTaken() throws IOException {
    var sizes = new int[] {8 + 16, 32, 1 + 32};
    var total = Arrays.stream(sizes).sum() + 4 + 40;
    for (var at = 0; at < total; at += 7) {
      var outcome = changedAt(at);
      assertThat(outcome.handle((_, _) -> true).join()).isTrue();
    }
  }

  private CompletableFuture<Outcome> changedAt(int at) throws IOException {
    try (var own = PairHost.open(new InetSocketAddress(loopback(), 0), LONG, this::now);
        var middle = new ServerSocket(0, 1, loopback())) {
      var outcome = serve(own, LONG);
      var relay = CompletableFuture.runAsync(() -> relay(middle, own.address(), at), THREADS);
      var taken = new AtomicReference<@Nullable PairBundle>();

      assertThatThrownBy(
              () -> new PairGuest(CODE, FEW).fetch(at(middle.getLocalPort()), taken::set))
          .as("byte %d", at)
          .isInstanceOf(IOException.class);

      assertThat(taken.get()).as("byte %d", at).isNull();
      relay.join();
      return outcome;
    }
  }

  /** Plays both roles and has no code: a guess of its own to each side. */
  @Test
  void whoStandsInTheMiddleWithoutTheCodeGetsNothingOfEither() throws IOException {
    var outcome = serve(host, LONG);
    try (var middle = new ServerSocket(0, 1, loopback())) {
      var proof = CompletableFuture.supplyAsync(() -> poseAsHost(middle, false), THREADS);
      assertThatThrownBy(() -> new PairGuest(CODE).fetch(at(middle.getLocalPort()), _ -> {}))
          .hasMessageContaining("does not have the code");

      assertThat(proof.join()).isFalse();
    }
    assertThatThrownBy(() -> fetch(OTHER)).isInstanceOf(IOException.class);
    fetch(CODE);
    assertThat(outcome.join()).isEqualTo(Outcome.TAKEN);
  }

  @Test
  void aBoxLongerThanAnyIsNotRead() throws IOException {
    try (var middle = new ServerSocket(0, 1, loopback())) {
      var proof = CompletableFuture.supplyAsync(() -> poseAsHost(middle, true), THREADS);
      assertThatThrownBy(() -> new PairGuest(CODE).fetch(at(middle.getLocalPort()), _ -> {}))
          .hasMessageContaining("too long");
      assertThat(proof.join()).isTrue();
    }
  }

  @Test
  void aHostThatHangsIsGivenUp() throws IOException {
    try (var silent = new ServerSocket(0, 1, loopback())) {
      assertThatThrownBy(() -> new PairGuest(CODE, SHORT).fetch(at(silent.getLocalPort()), _ -> {}))
          .hasMessageContaining("too long");
    }
  }

  @Test
  void whatCannotBeStoredIsToldToTheHost() {
    var outcome = serve(host, LONG);
    var guest = new PairGuest(CODE);

    assertThatThrownBy(
            () ->
                guest.fetch(
                    host.address(),
                    _ -> {
                      throw new IOException("disk full");
                    }))
        .hasMessage("disk full");
    assertThat(outcome.join()).isEqualTo(Outcome.SENT);
  }

  @Test
  void nothingOfTheKeyOrTheCodeIsReadableOnTheWay() throws IOException {
    try (var middle = new ServerSocket(0, 1, loopback())) {
      var outcome = serve(host, LONG);
      var seen = CompletableFuture.supplyAsync(() -> relay(middle, host.address(), -1), THREADS);
      new PairGuest(CODE).fetch(at(middle.getLocalPort()), _ -> {});

      assertThat(outcome.join()).isEqualTo(Outcome.TAKEN);
      assertThat(new String(seen.join(), StandardCharsets.ISO_8859_1))
          .contains("LVSPAIR1")
          .doesNotContain("SECRET", "primary", CODE.text(), CODE.text().replace("-", ""));
    }
  }

  private long now() {
    return System.nanoTime() + aheadNanos.get();
  }

  private CompletableFuture<Outcome> serve(PairHost from, Duration life) {
    var code = OneTimeCode.fresh(CODE, life, now());
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return from.serve(code, BUNDLE, told::add);
          } catch (IOException e) {
            throw new IllegalStateException(e);
          }
        },
        THREADS);
  }

  private PairBundle fetch(PairCode code) throws IOException {
    var taken = new AtomicReference<@Nullable PairBundle>();
    new PairGuest(code).fetch(host.address(), taken::set);
    var bundle = taken.get();
    if (bundle == null) {
      throw new AssertionError("nothing was taken");
    }
    return bundle;
  }

  private Socket connect() throws IOException {
    return new Socket(host.address().getAddress(), host.address().getPort());
  }

  private static byte[] begin(InputStream in) throws IOException {
    assertThat(in.readNBytes(PairSession.HELLO.length)).isEqualTo(PairSession.HELLO);
    return in.readNBytes(PairSession.NAME_BYTES);
  }

  /** What comes until the end; an end by a reset is one too. */
  private static byte[] rest(InputStream in) {
    try {
      return in.readAllBytes();
    } catch (IOException reset) {
      return new byte[0];
    }
  }

  /** Answers one guest with another code or the same; whether the guest's proof was of it. */
  private static boolean poseAsHost(ServerSocket middle, boolean isRight) {
    var code = isRight ? CODE : OTHER;
    try (var socket = middle.accept()) {
      var name = new byte[PairSession.NAME_BYTES];
      var out = socket.getOutputStream();
      var in = new DataInputStream(socket.getInputStream());
      out.write(PairSession.HELLO);
      out.write(name);
      in.readNBytes(PairSession.HELLO.length);
      var guests = in.readNBytes(Cpace.BYTES);
      var scalar = new byte[Cpace.BYTES];
      var own = PairSession.share(code, name, scalar);
      out.write(own);
      var session = PairSession.ofHost(name, scalar, own, guests);
      var proof = in.readNBytes(PairSession.PROOF_BYTES);
      out.write(PairSession.RIGHT);
      out.write(session.hostProof());
      out.write(new byte[] {0x7f, -1, -1, -1});
      in.readAllBytes();
      return PairSession.isProof(proof, session.guestProof());
    } catch (IOException reset) {
      return false;
    }
  }

  /** Passes a connection on until either side ends it; everything that was seen. */
  private static byte[] relay(ServerSocket middle, InetSocketAddress to, int changed) {
    var seen = new ByteArrayOutputStream();
    try (var guest = middle.accept();
        var host = new Socket(to.getAddress(), to.getPort())) {
      var back =
          CompletableFuture.runAsync(
              () -> pass(host, guest, changed, new ByteArrayOutputStream()), THREADS);
      pass(guest, host, -1, seen);
      back.join();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return seen.toByteArray();
  }

  private static void pass(Socket from, Socket to, int changed, ByteArrayOutputStream seen) {
    try {
      var in = from.getInputStream();
      for (var i = 0; ; i++) {
        var one = in.read();
        if (one < 0) {
          to.shutdownOutput();
          return;
        }
        seen.write(one);
        to.getOutputStream().write(i == changed ? one ^ 1 : one);
      }
    } catch (IOException ended) {
      try {
        to.close();
      } catch (IOException _) {
        return;
      }
    }
  }

  private static InetAddress loopback() {
    return InetAddress.getLoopbackAddress();
  }

  private static InetSocketAddress at(int port) {
    return new InetSocketAddress(loopback(), port);
  }
}
