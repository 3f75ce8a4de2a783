// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.link;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.linux.AgentLoop;
import org.lvsdirector.pulse.port.PulseSettings;
import org.lvsdirector.pulse.seal.KeyRing;
import org.lvsdirector.pulse.seal.SealContext;
import org.lvsdirector.pulse.seal.SealFormat;
import org.lvsdirector.pulse.seal.SealedChannel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Questions to the partner and answers to its own, for what is too big for a heartbeat and may take
 * its time. TCP on the heartbeat port, over whichever link works, the last one of lvs.cf first;
 * sealed as heartbeats are. A question waits for its answer before the next one goes, so neither
 * end ever has more than one message on its way.
 */
public final class PartnerChannel implements AutoCloseable {
  /** The longest message. */
  public static final int MAX_BYTES = 256 * 1024;

  private static final Logger LOG = LoggerFactory.getLogger(PartnerChannel.class);
  private static final int CONNECT_MILLIS = 2_000;
  private static final int ANSWER_MILLIS = 15_000;
  private static final int IDLE_MILLIS = 600_000;
  private static final int TRIES = 3;
  private static final byte[] GREETING = {};

  private final List<Way> ways = new ArrayList<>();
  private final List<AgentLoop> loops = new ArrayList<>();
  private final Answerer answerer;
  private final ReentrantLock asking = new ReentrantLock();
  private volatile @Nullable Talk talk;
  private volatile boolean isClosed;

  /** Answers the partner's questions. */
  @FunctionalInterface
  public interface Answerer {
    /** The answer, of 1 to {@link #MAX_BYTES} bytes. May block; must not throw. */
    byte[] answer(byte[] question);
  }

  /** One link, and how it is guarded. */
  private static final class Way {
    private final String link;
    private final InetSocketAddress local;
    private final InetSocketAddress remote;
    private final SealedChannel asking;
    private final SealedChannel answering;
    private boolean isToldOf;
    private volatile @Nullable ServerSocket listener;
    private final Visitors visitors = new Visitors();

    Way(String link, InetSocketAddress local, InetSocketAddress remote, PulseSettings settings) {
      this.link = link;
      this.local = local;
      this.remote = remote;
      var self = settings.node().name();
      var peer = settings.node().partner().name();
      asking =
          new SealedChannel(settings.sealing(), new SealContext(link + " ask " + self, self, peer));
      answering =
          new SealedChannel(settings.sealing(), new SealContext(link + " ask " + peer, self, peer));
    }
  }

  /** An open connection to the partner. */
  private record Talk(Way way, Socket socket, DataInputStream in, DataOutputStream out) {
    static Talk of(Way way, Socket socket) throws IOException {
      socket.setTcpNoDelay(true);
      return new Talk(
          way,
          socket,
          new DataInputStream(socket.getInputStream()),
          new DataOutputStream(socket.getOutputStream()));
    }

    void send(SealedChannel guard, byte[] message) throws IOException {
      var sealed = guard.outward(message, 0, message.length);
      var frame = ByteBuffer.allocate(Integer.BYTES + sealed.remaining());
      frame.putInt(sealed.remaining()).put(sealed);
      out.write(frame.array());
      out.flush();
    }

    /** The next message; null when the seal refuses it. */
    byte @Nullable [] receive(SealedChannel guard) throws IOException {
      var length = in.readInt();
      if (length < 0 || length > MAX_BYTES + SealFormat.OVERHEAD_BYTES) {
        throw new IOException("a message of " + length + " bytes");
      }
      var frame = in.readNBytes(length);
      if (frame.length < length) {
        throw new IOException("a message cut short");
      }
      var opened = guard.inward(frame, 0, frame.length);
      if (opened == null) {
        return null;
      }
      var message = new byte[opened.remaining()];
      opened.get(message);
      return message;
    }
  }

  private PartnerChannel(PulseSettings settings, Answerer answerer) {
    this.answerer = answerer;
    var port = settings.pair().heartbeatPort();
    for (var link : settings.pair().links().reversed()) {
      var local = address(link.of(settings.node()).bytes(), port);
      var remote = address(link.of(settings.node().partner()).bytes(), port);
      var way = new Way(link.name(), local, remote, settings);
      ways.add(way);
      loops.add(
          new AgentLoop("partner-" + way.link, () -> listen(way), e -> cannotListen(way, e))
              .wokenBy(() -> close(way.listener)));
    }
  }

  private static InetSocketAddress address(byte[] bytes, int port) {
    try {
      return new InetSocketAddress(InetAddress.getByAddress(bytes), port);
    } catch (IOException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /**
   * Opens the channel: listens on every link from now on, also on one whose address comes later.
   */
  public static PartnerChannel open(PulseSettings settings, Answerer answerer) {
    var channel = new PartnerChannel(settings, answerer);
    channel.loops.forEach(AgentLoop::start);
    return channel;
  }

  /** Goes on with other keys. Any thread. */
  public void rekey(KeyRing keys) {
    for (var way : ways) {
      way.asking.rekey(keys);
      way.answering.rekey(keys);
    }
  }

  // ---- asking ----------------------------------------------------------------------------------

  /**
   * Asks the partner and waits for its answer, up to 15 s. One question at a time.
   *
   * @throws IOException when it cannot be reached on any link, or does not answer
   */
  public byte[] ask(byte[] question) throws IOException {
    asking.lock();
    try {
      if (isClosed) {
        throw new IOException("the channel to the partner is closed");
      }
      var present = talk == null ? connect() : talk;
      talk = present;
      return ask(present, question);
    } catch (IOException | RuntimeException e) {
      hangUp();
      throw e;
    } finally {
      asking.unlock();
    }
  }

  /** The partner may have to hear this end once before it believes it: then it greets again. */
  private static byte[] ask(Talk present, byte[] question) throws IOException {
    for (var i = 0; i < TRIES; i++) {
      present.send(present.way.asking, question);
      var answer = present.receive(present.way.asking);
      if (answer != null && answer.length > 0) {
        return answer;
      }
    }
    throw new IOException("the partner and this director do not believe each other's seal");
  }

  private Talk connect() throws IOException {
    var problem = new IOException("the partner cannot be reached");
    for (var way : ways) {
      var socket = new Socket();
      try {
        socket.bind(new InetSocketAddress(way.local.getAddress(), 0));
        socket.connect(way.remote, CONNECT_MILLIS);
        socket.setSoTimeout(ANSWER_MILLIS);
        var fresh = Talk.of(way, socket);
        var _ = fresh.receive(way.asking);
        return fresh;
      } catch (IOException e) {
        socket.close();
        problem =
            new IOException(
                "the partner cannot be reached at TCP " + way.remote + ": " + e.getMessage(), e);
      }
    }
    throw problem;
  }

  private void hangUp() {
    var present = talk;
    talk = null;
    if (present != null) {
      close(present.socket);
    }
  }

  // ---- answering -------------------------------------------------------------------------------

  private void listen(Way way) throws IOException {
    try (var socket = new ServerSocket()) {
      way.listener = socket;
      socket.setReuseAddress(true);
      socket.bind(way.local, 4);
      way.isToldOf = false;
      accept(way, socket);
    }
  }

  private static void cannotListen(Way way, Exception e) {
    if (!way.isToldOf) {
      LOG.warn(
          "link={} cannot listen on TCP {}, trying on: {}", way.link, way.local, e.getMessage());
      way.isToldOf = true;
    }
  }

  private void accept(Way way, ServerSocket listener) throws IOException {
    while (!isClosed) {
      var socket = listener.accept();
      if (!way.remote.getAddress().equals(socket.getInetAddress())) {
        close(socket);
        continue;
      }
      way.visitors.came(socket);
      Thread.ofPlatform()
          .daemon()
          .name("partner-answer-" + way.link)
          .start(() -> answer(way, socket));
    }
  }

  private void answer(Way way, Socket socket) {
    try (socket) {
      socket.setSoTimeout(ANSWER_MILLIS);
      var asked = Talk.of(way, socket);
      asked.send(way.answering, GREETING);
      while (!isClosed) {
        var question = asked.receive(way.answering);
        if (question != null) {
          way.visitors.known(socket);
          socket.setSoTimeout(IDLE_MILLIS);
        }
        asked.send(way.answering, question == null ? GREETING : answerer.answer(question));
      }
    } catch (IOException | RuntimeException e) {
      LOG.debug("link={} the partner's connection has ended", way.link, e);
    }
  }

  @Override
  public void close() {
    isClosed = true;
    loops.forEach(AgentLoop::close);
    for (var way : ways) {
      way.visitors.close();
    }
    var present = talk;
    if (present != null) {
      close(present.socket);
    }
  }

  static void close(@Nullable Closeable closing) {
    if (closing != null) {
      try {
        closing.close();
      } catch (IOException e) {
        LOG.debug("cannot close", e);
      }
    }
  }
}
