// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.witness;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.Endpoint;
import org.lvsdirector.linux.AgentLoop;
import org.lvsdirector.pulse.link.JGroupsLink;
import org.lvsdirector.pulse.seal.SealPolicy;
import org.lvsdirector.pulse.seal.SealedChannel;
import org.lvsdirector.pulse.seal.StrangerGate;
import org.lvsdirector.pulse.witness.WitnessCodec.Answer;
import org.lvsdirector.pulse.witness.WitnessCodec.Party;
import org.lvsdirector.pulse.witness.WitnessCodec.Question;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The third process: grants the lease of each pair to one director at a time, as {@link Witness}
 * decides. It keeps nothing on disk: one that has just started grants nothing to a claimant for the
 * time of a lease, so that no lease that it has forgotten is given twice.
 */
public final class WitnessServer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(WitnessServer.class);
  private static final int MAX_PARTIES = 2048;
  private static final long SHORTEST_LEASE_NANOS = 50_000_000L;
  private static final long LONGEST_LEASE_NANOS = 60_000_000_000L;
  private static final long PAUSE_MILLIS = 100;

  private final DatagramSocket socket;
  private volatile SealPolicy sealing;
  private final Parties parties = new Parties(MAX_PARTIES);
  private final RefusalLog refusals = new RefusalLog();
  private final StrangerGate gate = new StrangerGate();
  private SealPolicy applied;
  private final Map<String, Witness.Held> told = new HashMap<>();
  private final long originNanos = System.nanoTime();
  private final DatagramPacket packet =
      new DatagramPacket(new byte[WitnessCodec.MAX_BYTES], WitnessCodec.MAX_BYTES);
  private final AgentLoop loop;
  private Witness.State state = Witness.State.initial(0);

  private WitnessServer(DatagramSocket socket, SealPolicy sealing) {
    this.socket = socket;
    this.sealing = sealing;
    applied = sealing;
    loop =
        new AgentLoop(
                "witness", this::serveOne, e -> LOG.warn("witness goes on after: {}", e.toString()))
            .facingStrangers()
            .wokenBy(socket::close)
            .pausingAfterFailure(PAUSE_MILLIS);
  }

  /**
   * Starts a witness.
   *
   * @param sealing with the keys of every pair that it serves
   * @throws IOException when it cannot listen there
   */
  public static WitnessServer start(Endpoint local, SealPolicy sealing) throws IOException {
    var address = new InetSocketAddress(JGroupsLink.inet(local), local.port());
    DatagramSocket socket;
    try {
      socket = new DatagramSocket(address);
    } catch (IOException taken) {
      throw new IOException("cannot listen on " + local + ": " + taken.getMessage(), taken);
    }
    var server = new WitnessServer(socket, sealing);
    server.loop.start();
    LOG.info("witness listens on {}", socket.getLocalSocketAddress());
    return server;
  }

  /** Goes on with other keys; whether there are keys at all stays as it is. Any thread. */
  public void reseal(SealPolicy fresh) {
    sealing = fresh;
  }

  /** The UDP port that it listens on; -1 once it is closed. */
  public int port() {
    return socket.getLocalPort();
  }

  /** Ends the witness; returns when it has ended. */
  @Override
  public void close() {
    loop.close();
  }

  private void serveOne() throws IOException {
    packet.setLength(WitnessCodec.MAX_BYTES);
    socket.receive(packet);
    var envelope = WitnessCodec.envelope(packet.getData(), packet.getLength());
    if (envelope == null) {
      refuse("no question of a director");
      return;
    }
    applyKeys();
    var party = envelope.party();
    var known = parties.guard(party);
    var content = envelope.content();
    if (known == null && !isAdmitted(content)) {
      refuse("not sealed by a key of its pair");
      return;
    }
    var guard = known == null ? SealedChannel.answering(applied, party.ofWitness()) : known;
    var plain = guard.inward(packet.getData(), content.position(), content.remaining());
    var question = plain == null ? null : WitnessCodec.question(plain);
    if (question == null) {
      refuse("not sealed by a key of its pair, or no question");
    } else if (!parties.hear(party, guard, nowNanos())) {
      refuse("there are " + MAX_PARTIES + " directors already");
    } else {
      answer(party, guard, question);
    }
  }

  private void answer(Party party, SealedChannel guard, Question question) throws IOException {
    var bytes = WitnessCodec.encode(answer(party, question));
    var sealed = WitnessCodec.envelope(party, guard.outward(bytes, 0, bytes.length));
    socket.send(new DatagramPacket(sealed, sealed.length, packet.getSocketAddress()));
  }

  private boolean isAdmitted(ByteBuffer content) {
    var now = System.currentTimeMillis();
    return gate.admits(
        applied.keys(), packet.getData(), content.position(), content.remaining(), now);
  }

  private void refuse(String reason) {
    var line = refusals.refuse(String.valueOf(packet.getSocketAddress()), reason, nowNanos());
    if (line != null) {
      LOG.warn("{}", line);
    }
  }

  private long nowNanos() {
    return System.nanoTime() - originNanos;
  }

  private void applyKeys() {
    var wanted = sealing;
    var keys = wanted.keys();
    if (!wanted.equals(applied)) {
      applied = wanted;
      if (keys != null) {
        parties.forEach(guard -> guard.rekey(keys));
      }
    }
  }

  private Answer answer(Party party, Question question) {
    var now = nowNanos();
    forgetTheQuiet(now);
    var lease = Math.clamp(question.leaseNanos(), SHORTEST_LEASE_NANOS, LONGEST_LEASE_NANOS);
    var asked =
        question.isReturn()
            ? new Witness.Question.Return(now, party.pair(), party.node(), question.term())
            : new Witness.Question.Ask(
                now, party.pair(), party.node(), question.term(), question.isHolding());
    var answer = Witness.step(lease, state, asked);
    state = answer.next();
    tell(party.pair(), state.leases().get(party.pair()));
    return new Answer(question.id(), answer.isGranted(), answer.forNanos());
  }

  /** Leases that have ended are of no use where directors come and go. */
  private void forgetTheQuiet(long nowNanos) {
    if (state.leases().size() > MAX_PARTIES) {
      state = Witness.forget(state, nowNanos);
      told.keySet().retainAll(state.leases().keySet());
    }
  }

  /** Logs who has the lease whenever that changes. */
  private void tell(String pair, Witness.@Nullable Held held) {
    var before = told.get(pair);
    if (held != null
        && (before == null || before.node() != held.node() || before.term() != held.term())) {
      LOG.info("pair {}: the lease is {}'s, term {}", pair, held.node(), held.term());
      told.put(pair, held);
    }
  }
}
