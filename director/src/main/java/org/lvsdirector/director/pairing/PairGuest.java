// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.pairing;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;

/** Takes the key from the machine that shows the code. One thread. */
public final class PairGuest {
  /** The host serves one after the other. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final PairCode code;
  private final Duration patience;
  private final SecureRandom random = new SecureRandom();

  /** With a code that was typed. */
  public PairGuest(PairCode code) {
    this(code, PATIENCE);
  }

  PairGuest(PairCode code, Duration patience) {
    this.code = code;
    this.patience = patience;
  }

  /** Stores what was taken. */
  @FunctionalInterface
  public interface Taker {
    /** The host is told that it came when this returns. */
    void take(PairBundle bundle) throws IOException;
  }

  /**
   * Asks the host, and takes nothing from one that does not have the code.
   *
   * @throws IOException when nothing was taken; the message says why, for a person
   */
  public void fetch(InetSocketAddress host, Taker taker) throws IOException {
    try (var channel = PairChannel.to(host, patience)) {
      var session = session(channel);
      taker.take(bundle(channel, session));
      channel.write(session.receipt());
    } catch (IllegalArgumentException nonsense) {
      throw new IOException("what came is no answer to this: " + nonsense.getMessage(), nonsense);
    }
  }

  private PairSession session(PairChannel channel) throws IOException {
    if (!Arrays.equals(channel.read(PairSession.HELLO.length), PairSession.HELLO)) {
      throw new IOException("something else than `director pair` of this version answers there");
    }
    var name = channel.read(PairSession.NAME_BYTES);
    var scalar = new byte[Cpace.BYTES];
    random.nextBytes(scalar);
    var own = PairSession.share(code, name, scalar);
    channel.write(PairSession.HELLO, own);
    return PairSession.ofGuest(name, scalar, own, channel.read(Cpace.BYTES));
  }

  private static PairBundle bundle(PairChannel channel, PairSession session) throws IOException {
    channel.write(session.guestProof());
    if (channel.read(1)[0] != PairSession.RIGHT) {
      throw new IOException("the code is another one there, or no longer good");
    }
    if (!PairSession.isProof(channel.read(PairSession.PROOF_BYTES), session.hostProof())) {
      throw new IOException(
          "what answers does not have the code: somebody stands between, nothing was taken");
    }
    var length = ByteBuffer.wrap(channel.read(Integer.BYTES)).getInt();
    if (length < 0 || length > PairBundle.MAX_BYTES + PairSession.PROOF_BYTES) {
      throw new IOException("it is too long, or was changed on the way: nothing was taken");
    }
    return PairBundle.decode(session.open(channel.read(length)));
  }
}
