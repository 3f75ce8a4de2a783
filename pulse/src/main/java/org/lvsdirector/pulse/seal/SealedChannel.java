// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.seal;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.pulse.seal.Seal.Opened;

/** Stands between a socket and what is said on it: seals, opens, and counts what it refuses. */
public final class SealedChannel {

  private final @Nullable Seal seal;
  private volatile boolean acceptsUnsealed;
  private final boolean isAnswering;
  private final AtomicLong unsealed = new AtomicLong();
  private final AtomicLong wrongKey = new AtomicLong();
  private final AtomicLong forged = new AtomicLong();
  private final AtomicLong replayed = new AtomicLong();
  private volatile boolean isSealing;
  private volatile @Nullable SealKey opening;

  /** The guard of one boot of this end. */
  public SealedChannel(SealPolicy sealing, SealContext conversation) {
    this(sealing, conversation, false);
  }

  /** The guard of an end that only answers: by the key that sealed the question. */
  public static SealedChannel answering(SealPolicy sealing, SealContext conversation) {
    return new SealedChannel(sealing, conversation, true);
  }

  private SealedChannel(SealPolicy sealing, SealContext conversation, boolean isAnswering) {
    this.isAnswering = isAnswering;
    var keys = sealing.keys();
    seal = keys == null ? null : new Seal(conversation, keys, freshSalt(keys.first()));
    acceptsUnsealed = sealing.acceptsUnsealed();
    isSealing = keys != null && !acceptsUnsealed;
  }

  static byte[] freshSalt(SealKey key) {
    var salt = new byte[SealFormat.SALT_BYTES];
    new SecureRandom().nextBytes(salt);
    return key.marked(salt);
  }

  public void rekey(KeyRing keys) {
    if (seal != null) {
      seal.rekey(keys);
    }
  }

  /** What to send for a message, backed by an array. Any thread. */
  public ByteBuffer outward(byte[] message, int offset, int length) {
    if (seal == null || !isSealing) {
      return ByteBuffer.wrap(message, offset, length);
    }
    var now = System.currentTimeMillis();
    var key = opening;
    var sealed =
        isAnswering && key != null
            ? seal.seal(key, message, offset, length, now)
            : seal.seal(message, offset, length, now);
    return ByteBuffer.wrap(sealed);
  }

  /** The message in what arrived, backed by an array; null for none. */
  public @Nullable ByteBuffer inward(byte[] bytes, int offset, int length) {
    if (seal == null) {
      if (SealFormat.isSealed(bytes, offset, length)) {
        wrongKey.incrementAndGet();
        return null;
      }
      return ByteBuffer.wrap(bytes, offset, length);
    }
    return switch (seal.open(bytes, offset, length, System.currentTimeMillis())) {
      case Opened.Message(var message, var key) -> {
        opening = key;
        isSealing = true;
        acceptsUnsealed = false;
        yield message;
      }
      case Opened.Refused(var reason) -> {
        if (reason == Seal.Reason.UNSEALED && acceptsUnsealed) {
          yield ByteBuffer.wrap(bytes, offset, length);
        }
        count(reason);
        yield null;
      }
    };
  }

  private void count(Seal.Reason reason) {
    var counter =
        switch (reason) {
          case UNSEALED -> unsealed;
          case WRONG_KEY -> wrongKey;
          case FORGED -> forged;
          case REPLAYED -> replayed;
        };
    counter.incrementAndGet();
  }

  public Refusals refusals() {
    return new Refusals(unsealed.get(), wrongKey.get(), forged.get(), replayed.get());
  }
}
