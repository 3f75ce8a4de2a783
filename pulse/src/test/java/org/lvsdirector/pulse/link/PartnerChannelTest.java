// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lvsdirector.config.IpAddress;
import org.lvsdirector.config.Pair;
import org.lvsdirector.config.Pair.Link;
import org.lvsdirector.config.Pair.Node;
import org.lvsdirector.pulse.port.PulseSettings;
import org.lvsdirector.pulse.seal.KeyRing;
import org.lvsdirector.pulse.seal.SealContext;
import org.lvsdirector.pulse.seal.SealKey;
import org.lvsdirector.pulse.seal.SealPolicy;
import org.lvsdirector.pulse.seal.SealedChannel;

class PartnerChannelTest {
  private static final byte[] QUESTION = {1, 2, 3};

  private final List<PartnerChannel> channels = new ArrayList<>();
  private final AtomicInteger questions = new AtomicInteger();
  private int port;

  @BeforeEach
  void freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      port = socket.getLocalPort();
    }
  }

  @AfterEach
  void close() {
    channels.forEach(PartnerChannel::close);
  }

  @Test
  void bothAskAndAreAnswered() {
    var primary = open(Node.PRIMARY, keys(1));
    var backup = open(Node.BACKUP, keys(1));
    awaitAnswer(primary);
    awaitAnswer(backup);
    assertThat(questions).hasValue(2);
  }

  @Test
  void longMessagesPassWhole() throws IOException {
    var primary = open(Node.PRIMARY, keys(1));
    open(Node.BACKUP, keys(1));
    awaitAnswer(primary);
    var longest = new byte[PartnerChannel.MAX_BYTES];
    Arrays.fill(longest, (byte) 7);
    assertThat(primary.ask(longest)).isEqualTo(longest);
  }

  @Test
  void aPartnerThatHasRestartedIsAskedAgain() {
    var primary = open(Node.PRIMARY, keys(1));
    var backup = open(Node.BACKUP, keys(1));
    awaitAnswer(primary);
    backup.close();
    assertThatThrownBy(() -> primary.ask(QUESTION)).isInstanceOf(IOException.class);
    open(Node.BACKUP, keys(1));
    awaitAnswer(primary);
  }

  @Test
  void anotherKeyIsNotBelieved() {
    var primary = open(Node.PRIMARY, keys(1));
    open(Node.BACKUP, keys(2));
    await()
        .untilAsserted(
            () ->
                assertThatThrownBy(() -> primary.ask(QUESTION))
                    .hasMessageContaining("do not believe each other"));
    assertThat(questions).hasValue(0);
  }

  @Test
  void withoutAKeyItWorksInTheClear() {
    var primary = open(Node.PRIMARY, SealPolicy.NONE);
    open(Node.BACKUP, SealPolicy.NONE);
    awaitAnswer(primary);
  }

  @Test
  void aRecordedQuestionIsNotAnsweredAgain() throws IOException {
    var primary = open(Node.PRIMARY, keys(1));
    open(Node.BACKUP, keys(1));
    awaitAnswer(primary);
    var guard =
        new SealedChannel(keys(1), new SealContext("public ask PRIMARY", "PRIMARY", "BACKUP"));
    var sealed = guard.outward(QUESTION, 0, QUESTION.length);
    var frame = Arrays.copyOfRange(sealed.array(), sealed.arrayOffset(), sealed.limit());
    var before = questions.get();
    talk(frame);
    assertThat(questions.get()).isLessThanOrEqualTo(before + 1);
    var once = questions.get();
    talk(frame);
    assertThat(questions).hasValue(once);
  }

  @Test
  void strangersAndNonsenseEndNothing() throws IOException {
    var primary = open(Node.PRIMARY, keys(1));
    open(Node.BACKUP, keys(1));
    awaitAnswer(primary);
    try (var stranger = new Socket()) {
      stranger.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.77"), 0));
      stranger.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.2"), port));
      assertThat(stranger.getInputStream().read()).isEqualTo(-1);
    }
    try (var loud = new Socket()) {
      loud.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
      loud.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.2"), port));
      var out = new DataOutputStream(loud.getOutputStream());
      out.writeInt(Integer.MAX_VALUE);
      out.flush();
      assertThat(loud.getInputStream().readAllBytes()).isNotEmpty();
    }
    awaitAnswer(primary);
  }

  /** Connecting from the partner's address proves nothing: the seal does. */
  @Test
  void whoHasNotSealedAnythingEndsNotThePartnersConnection() throws IOException {
    var primary = open(Node.PRIMARY, keys(1));
    open(Node.BACKUP, keys(1));
    awaitAnswer(primary);
    for (var visit = 0; visit < 3; visit++) {
      try (var other = new Socket()) {
        other.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
        other.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.2"), port));
        var in = new DataInputStream(other.getInputStream());
        in.skipNBytes(in.readInt());
        assertThat(primary.ask(QUESTION)).as("on the same connection").isEqualTo(QUESTION);
      }
    }
  }

  /** Says one frame as the primary, and waits for what is said to it. */
  private void talk(byte[] frame) throws IOException {
    try (var socket = new Socket()) {
      socket.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
      socket.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.2"), port));
      var in = new DataInputStream(socket.getInputStream());
      in.skipNBytes(in.readInt());
      var out = new DataOutputStream(socket.getOutputStream());
      out.writeInt(frame.length);
      out.write(frame);
      out.flush();
      in.skipNBytes(in.readInt());
    }
  }

  private void awaitAnswer(PartnerChannel channel) {
    await()
        .atMost(Duration.ofSeconds(30))
        .ignoreExceptionsInstanceOf(IOException.class)
        .untilAsserted(() -> assertThat(channel.ask(QUESTION)).isEqualTo(QUESTION));
  }

  private PartnerChannel open(Node node, SealPolicy sealing) {
    var link = new Link("public", IpAddress.of("127.0.0.1"), IpAddress.of("127.0.0.2"));
    var pair = new Pair(true, List.of(link), port, Duration.ofMillis(100), Duration.ofMillis(750));
    var settings = new PulseSettings(node, pair, List.of(), 1, "", sealing, Path.of("unused"));
    var channel =
        PartnerChannel.open(
            settings,
            question -> {
              questions.incrementAndGet();
              return question;
            });
    channels.add(channel);
    return channel;
  }

  private static SealPolicy keys(int number) {
    var secret = new byte[32];
    secret[0] = (byte) number;
    return new SealPolicy(new KeyRing(List.of(SealKey.of(secret))), false);
  }
}
