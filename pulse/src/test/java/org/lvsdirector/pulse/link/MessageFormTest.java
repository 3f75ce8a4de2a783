// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InvalidClassException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jgroups.JChannel;
import org.jgroups.Message;
import org.jgroups.ObjectMessage;
import org.jgroups.stack.IpAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lvsdirector.config.Endpoint;
import org.lvsdirector.pulse.seal.Refusals;
import org.lvsdirector.pulse.seal.SealContext;
import org.lvsdirector.pulse.seal.SealPolicy;
import org.lvsdirector.pulse.seal.SealedChannel;

/** What reaches JGroups' reader on a link that is not sealed. */
class MessageFormTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String HERE = "127.0.0.2";
  private static final String THERE = "127.0.0.3";
  private static final String LINK = "public";
  private static final byte[] WORD = {1, 2, 3};
  private static final int PAYLOAD_LENGTH_BYTES = Integer.BYTES;

  @ParameterizedTest
  @ValueSource(strings = {HERE, "::1"})
  void theLibrarysOwnMessageFitsAndNoneThatIsCutOrLonger(String address) throws IOException {
    var message = recorded(address, address.equals(HERE) ? THERE : address);
    var form = form(address, message.port);
    assertThat(form.fits(ByteBuffer.wrap(message.bytes))).isTrue();
    for (var length = 0; length < message.bytes.length; length++) {
      assertThat(form.fits(ByteBuffer.wrap(message.bytes, 0, length))).as("%s", length).isFalse();
    }
    var longer = Arrays.copyOf(message.bytes, message.bytes.length + 1);
    assertThat(form.fits(ByteBuffer.wrap(longer))).isFalse();
  }

  /** Only version, scope, the sender's UUID and the heartbeat itself may be of any value. */
  @Test
  void everyOtherByteOfTheEnvelopeIsLookedAt() throws IOException {
    var message = recorded(HERE, THERE);
    var form = form(HERE, message.port);
    var free = new ArrayList<Integer>();
    for (var at = 0; at < message.bytes.length; at++) {
      var changed = message.bytes.clone();
      changed[at] ^= 1;
      if (form.fits(ByteBuffer.wrap(changed))) {
        free.add(at);
      }
    }
    var uuidAt = 17;
    var payloadAt = message.bytes.length - WORD.length;
    assertThat(free)
        .allMatch(at -> at < 2 || at >= uuidAt && at < uuidAt + 16 || at >= payloadAt)
        .hasSize(2 + 16 + WORD.length);
  }

  @Test
  void whatHasAnotherFormIsCountedAndTheLinkHearsOn() throws Exception {
    var heard = new CopyOnWriteArrayList<String>();
    var recorded = recorded(HERE, THERE);
    var message = recorded.bytes;
    var port = recorded.port;
    var hostile = hostile(message);
    try (var link = link(HERE, port, THERE, freePort(THERE))) {
      link.open((bytes, from, length) -> heard.add(length + " " + bytes[from]));
      try (var socket = new DatagramSocket(new InetSocketAddress(THERE, 0))) {
        for (var bytes : hostile) {
          send(socket, bytes, port);
        }
        send(socket, message, port);
      }
      await().atMost(PATIENCE).until(() -> !heard.isEmpty());
      assertThat(heard).containsExactly(WORD.length + " " + WORD[0]);
      assertThat(link.counters().rejected()).isEqualTo(hostile.size());
      assertThat(link.counters().refused()).isEqualTo(Refusals.NONE);
    }
  }

  @Test
  void noObjectOfJavaIsReadInAProcessThatHasALink() throws IOException {
    recorded(HERE, THERE);
    var bytes = new ByteArrayOutputStream();
    try (var out = new ObjectOutputStream(bytes)) {
      out.writeObject(new ArrayList<>(List.of("a")));
    }
    try (var in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThatThrownBy(in::readObject).isInstanceOf(InvalidClassException.class);
    }
  }

  /** Lengths that are believed, objects of Java, batches, many mutations. */
  private static List<byte[]> hostile(byte[] message) throws Exception {
    var hostile = new ArrayList<byte[]>();
    var lengthAt = message.length - WORD.length - PAYLOAD_LENGTH_BYTES;
    for (var length : List.of(Integer.MAX_VALUE, 300_000_000, -1, WORD.length + 1)) {
      var changed = message.clone();
      ByteBuffer.wrap(changed).putInt(lengthAt, length);
      hostile.add(changed);
    }
    hostile.add(objectMessage());
    var random = new Random(7);
    for (var i = 0; i < 100; i++) {
      var changed = Arrays.copyOf(message, 1 + random.nextInt(message.length - 1));
      changed[random.nextInt(changed.length)] ^= (byte) (1 + random.nextInt(255));
      hostile.add(changed);
    }
    return hostile;
  }

  /** What any program that uses JGroups could send. */
  private static byte[] objectMessage() throws Exception {
    var port = freePort(HERE);
    try (var tap = new DatagramSocket(new InetSocketAddress(HERE, port));
        var channel = new JChannel(plainTransport())) {
      channel.connect(MessageForm.cluster(LINK));
      var receiver = new IpAddress(InetAddress.getByName(HERE), port);
      var message = new ObjectMessage(receiver, new ArrayList<>(List.of("a", "b")));
      message.setFlag(Message.Flag.OOB, Message.Flag.DONT_BUNDLE);
      channel.send(message);
      return receive(tap);
    }
  }

  private static HeartbeatTransport plainTransport() throws IOException {
    var local = new InetSocketAddress(THERE, freePort(THERE));
    var ends = new HeartbeatTransport.Ends(local, InetAddress.getByName(HERE));
    return new HeartbeatTransport(ends, MessageForm.cluster(LINK), unsealed(), new LinkStats());
  }

  private static final class Recorded {
    final byte[] bytes;
    final int port;

    Recorded(byte[] bytes, int port) {
      this.bytes = bytes;
      this.port = port;
    }
  }

  private static Recorded recorded(String to, String from) throws IOException {
    var port = freePort(to);
    try (var tap = new DatagramSocket(new InetSocketAddress(to, port));
        var sender = link(from, freePort(from), to, port)) {
      sender.open((_, _, _) -> {});
      sender.send(WORD);
      return new Recorded(receive(tap), port);
    }
  }

  private static byte[] receive(DatagramSocket tap) throws IOException {
    var packet = new DatagramPacket(new byte[2000], 2000);
    tap.setSoTimeout((int) PATIENCE.toMillis());
    tap.receive(packet);
    return Arrays.copyOf(packet.getData(), packet.getLength());
  }

  private static void send(DatagramSocket socket, byte[] bytes, int port) throws IOException {
    socket.send(new DatagramPacket(bytes, bytes.length, new InetSocketAddress(HERE, port)));
  }

  private static MessageForm form(String address, int port) throws IOException {
    return new MessageForm(InetAddress.getByName(address), port, MessageForm.cluster(LINK));
  }

  private static JGroupsLink link(String here, int port, String there, int thatPort) {
    var local = new Endpoint(org.lvsdirector.config.IpAddress.of(here), port);
    var remote = new Endpoint(org.lvsdirector.config.IpAddress.of(there), thatPort);
    return new JGroupsLink(LINK, local, remote, unsealed());
  }

  private static SealedChannel unsealed() {
    return new SealedChannel(SealPolicy.NONE, new SealContext(LINK, "PRIMARY", "BACKUP"));
  }

  private static int freePort(String address) throws IOException {
    try (var socket = new DatagramSocket(0, InetAddress.getByName(address))) {
      return socket.getLocalPort();
    }
  }
}
