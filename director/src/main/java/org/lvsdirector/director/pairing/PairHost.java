// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.pairing;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Gives the key to the first who has the code: one connection after the other, each for a few
 * seconds, until the code was used, was tried too often, or has expired. One thread.
 */
public final class PairHost implements AutoCloseable {
  /** Longer than anybody honest needs for a few hundred bytes. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final ServerSocketChannel listener;
  private final Selector selector;
  private final Duration patience;
  private final LongSupplier clockNanos;
  private final SecureRandom random = new SecureRandom();

  /** How it ended. */
  public enum Outcome {
    /** The other machine says that it has the key. */
    TAKEN,
    /** It was sent to who has the code, who did not say whether it came. */
    SENT,
    /** The code was tried too often. */
    SPENT,
    /** Nobody who has the code came in time. */
    EXPIRED
  }

  private PairHost(
      ServerSocketChannel listener, Selector selector, Duration patience, LongSupplier clockNanos) {
    this.listener = listener;
    this.selector = selector;
    this.patience = patience;
    this.clockNanos = clockNanos;
  }

  /**
   * Listens.
   *
   * @throws IOException when it cannot
   */
  public static PairHost open(InetSocketAddress address) throws IOException {
    return open(address, PATIENCE, System::nanoTime);
  }

  static PairHost open(InetSocketAddress address, Duration patience, LongSupplier clockNanos)
      throws IOException {
    var listener = ServerSocketChannel.open();
    try {
      listener.configureBlocking(false);
      listener.bind(address);
      var selector = Selector.open();
      listener.register(selector, SelectionKey.OP_ACCEPT);
      return new PairHost(listener, selector, patience, clockNanos);
    } catch (IOException | RuntimeException failed) {
      listener.close();
      throw failed;
    }
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return new InetSocketAddress(
        listener.socket().getInetAddress(), listener.socket().getLocalPort());
  }

  /**
   * Serves until there is nothing more to be had.
   *
   * @param fresh the code, by the clock of {@link System#nanoTime}
   * @param bundle is given to who has the code
   * @param told hears of each try, a line each
   */
  public Outcome serve(OneTimeCode fresh, PairBundle bundle, Consumer<String> told)
      throws IOException {
    var code = fresh;
    while (!code.isSpent()) {
      var guest = accept(code);
      if (guest == null) {
        return Outcome.EXPIRED;
      }
      var name = ((InetSocketAddress) guest.getRemoteAddress()).getAddress().getHostAddress();
      try (var channel = PairChannel.over(guest, patience)) {
        var attempt = new Attempt(code, channel);
        try {
          var outcome = attempt.run(bundle);
          if (outcome != null) {
            told.accept(name + " has the code");
            return outcome;
          }
          told.accept(name + " has tried another code");
        } catch (IOException | IllegalArgumentException broken) {
          told.accept(name + " has not ended the exchange: " + broken.getMessage());
        }
        code = attempt.code;
      }
    }
    return Outcome.SPENT;
  }

  private @Nullable SocketChannel accept(OneTimeCode code) throws IOException {
    while (true) {
      var now = clockNanos.getAsLong();
      if (code.isExpired(now)) {
        return null;
      }
      var guest = listener.accept();
      if (guest != null) {
        return guest;
      }
      selector.select(1 + (code.endNanos() - now) / 1_000_000);
      selector.selectedKeys().clear();
    }
  }

  /** One connection's exchange. */
  private final class Attempt {
    private final PairChannel channel;
    private OneTimeCode code;

    Attempt(OneTimeCode code, PairChannel channel) {
      this.code = code;
      this.channel = channel;
    }

    /** Null when the guest has another code. */
    @Nullable Outcome run(PairBundle bundle) throws IOException {
      var name = bytes(PairSession.NAME_BYTES);
      channel.write(PairSession.HELLO, name);
      if (!Arrays.equals(channel.read(PairSession.HELLO.length), PairSession.HELLO)) {
        throw new IOException("it is no `director pair` of this version");
      }
      var guests = channel.read(Cpace.BYTES);
      code = code.tried();
      var scalar = bytes(Cpace.BYTES);
      var own = PairSession.share(code.code(), name, scalar);
      var session = PairSession.ofHost(name, scalar, own, guests);
      channel.write(own);
      var proof = channel.read(PairSession.PROOF_BYTES);
      if (!PairSession.isProof(proof, session.guestProof())
          || code.isExpired(clockNanos.getAsLong())) {
        channel.write(new byte[] {PairSession.WRONG});
        return null;
      }
      return give(session, bundle);
    }

    /** The guest has the code: from here on it is used up, whatever happens. */
    private Outcome give(PairSession session, PairBundle bundle) {
      try {
        var box = session.seal(bundle.encode());
        var length = ByteBuffer.allocate(Integer.BYTES).putInt(box.length).array();
        channel.write(new byte[] {PairSession.RIGHT}, session.hostProof(), length, box);
        var receipt = channel.read(PairSession.PROOF_BYTES);
        return PairSession.isProof(receipt, session.receipt()) ? Outcome.TAKEN : Outcome.SENT;
      } catch (IOException lost) {
        return Outcome.SENT;
      }
    }
  }

  private byte[] bytes(int count) {
    var made = new byte[count];
    random.nextBytes(made);
    return made;
  }

  @Override
  public void close() throws IOException {
    try (listener) {
      selector.close();
    }
  }
}
