// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.witness;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.Endpoint;
import org.lvsdirector.pulse.Policies;
import org.lvsdirector.pulse.link.JGroupsLink;
import org.lvsdirector.pulse.port.Ports;
import org.lvsdirector.pulse.port.PulseSettings;
import org.lvsdirector.pulse.seal.KeyRing;
import org.lvsdirector.pulse.seal.SealPolicy;
import org.lvsdirector.pulse.seal.SealedChannel;
import org.lvsdirector.pulse.witness.WitnessCodec.Answer;
import org.lvsdirector.pulse.witness.WitnessCodec.Party;
import org.lvsdirector.pulse.witness.WitnessCodec.Question;

/** Asks a witness by datagrams, which are repeated until it answers or the time is over. */
public final class WitnessClient implements Ports.Lessor {

  private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(400);
  private static final int FIRST_WAIT_MILLIS = 20;

  private final Endpoint witness;
  private final Party party;
  private final long leaseNanos;
  private final SealedChannel guard;
  private final AtomicLong ids = new AtomicLong(new SecureRandom().nextLong());

  /** The client of one node of a pair. */
  private WitnessClient(Endpoint witness, Party party, long leaseNanos, SealPolicy sealing) {
    this.witness = witness;
    this.party = party;
    this.leaseNanos = leaseNanos;
    guard = new SealedChannel(sealing, party.ofDirector());
  }

  /** The witness of lvs.cf; null when it names none, or there is no partner. */
  public static @Nullable WitnessClient of(PulseSettings settings) {
    var pair = settings.pair();
    var witness = pair.arbitration().witness();
    if (witness == null || !pair.isPaired()) {
      return null;
    }
    var first = pair.links().getFirst();
    var party = new Party(first.primary() + "/" + first.backup(), settings.node());
    return new WitnessClient(witness, party, Policies.leaseNanos(pair), settings.sealing());
  }

  /** Goes on with other keys. Any thread. */
  public void rekey(KeyRing keys) {
    guard.rekey(keys);
  }

  @Override
  public Ports.Grant ask(long term, boolean isHolding) throws IOException {
    var answer = exchange(new Question(false, nextId(), term, isHolding, leaseNanos));
    return new Ports.Grant(answer.isGranted(), answer.forNanos());
  }

  @Override
  public void giveBack(long term) throws IOException {
    exchange(new Question(true, nextId(), term, false, leaseNanos));
  }

  private long nextId() {
    return ids.incrementAndGet();
  }

  private Answer exchange(Question question) throws IOException {
    var deadline = System.nanoTime() + PATIENCE_NANOS;
    var waitMillis = FIRST_WAIT_MILLIS;
    try (var socket = new DatagramSocket()) {
      socket.connect(JGroupsLink.inet(witness), witness.port());
      while (System.nanoTime() < deadline) {
        var answer = ask(socket, question, waitMillis);
        if (answer != null) {
          return answer;
        }
        waitMillis = Math.min(2 * waitMillis, 100);
      }
    }
    throw new IOException("the witness " + witness + " does not answer");
  }

  /** One try; a witness that does not listen may do so a moment later. */
  private @Nullable Answer ask(DatagramSocket socket, Question question, int waitMillis)
      throws IOException {
    try {
      send(socket, question);
      return await(socket, question.id(), waitMillis);
    } catch (PortUnreachableException _) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(waitMillis));
      return null;
    }
  }

  private void send(DatagramSocket socket, Question question) throws IOException {
    var bytes = WitnessCodec.encode(question);
    var sealed = WitnessCodec.envelope(party, guard.outward(bytes, 0, bytes.length));
    socket.send(new DatagramPacket(sealed, sealed.length));
  }

  private @Nullable Answer await(DatagramSocket socket, long id, int waitMillis)
      throws IOException {
    var until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(waitMillis);
    var packet = new DatagramPacket(new byte[WitnessCodec.MAX_BYTES], WitnessCodec.MAX_BYTES);
    try {
      for (var left = waitMillis;
          left > 0;
          left = (int) ((until - System.nanoTime()) / 1_000_000)) {
        socket.setSoTimeout(left);
        packet.setLength(WitnessCodec.MAX_BYTES);
        socket.receive(packet);
        var answer = read(packet);
        if (answer != null && answer.id() == id) {
          return answer;
        }
      }
    } catch (SocketTimeoutException _) {
      return null;
    }
    return null;
  }

  private @Nullable Answer read(DatagramPacket packet) {
    var envelope = WitnessCodec.envelope(packet.getData(), packet.getLength());
    if (envelope == null || !envelope.party().equals(party)) {
      return null;
    }
    var content = envelope.content();
    var plain = guard.inward(packet.getData(), content.position(), content.remaining());
    return plain == null ? null : WitnessCodec.answer(plain);
  }
}
