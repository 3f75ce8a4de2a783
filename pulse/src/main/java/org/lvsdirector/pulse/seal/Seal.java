// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.seal;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * One end of a sealed conversation, for one boot: seals what goes out, opens what comes in, and
 * refuses what was not sealed by the other end for this one, now.
 *
 * <p>Against replay: of each boot of the sender each counter is taken once, within a window. A boot
 * that is new here must prove that it is no recording: by repeating this end's own salt, or, when
 * it may not hear this end, by a wall clock near this one's that is later than all heard before. A
 * boot that another one has followed is never taken again.
 *
 * <p>Pure but for what it remembers; its methods may be called by several threads.
 */
public final class Seal {

  /** How far two wall clocks may differ where nothing better tells a recording. */
  static final long NEAR_MILLIS = 60_000;

  private static final int MAX_RETIRED = 64;

  private final SealContext conversation;
  private final byte[] salt;
  private KeyRing keys;
  private long counter;
  private @Nullable Derived sealing;
  private byte[] heardSalt = new byte[SealFormat.SALT_BYTES];
  private @Nullable Sender sender;
  private long newestMillis = Long.MIN_VALUE;
  private final List<byte[]> retired = new ArrayList<>();

  /** What became of received bytes. */
  sealed interface Opened {
    /**
     * They are a message of the other end.
     *
     * @param key which key opened it
     */
    record Message(ByteBuffer bytes, SealKey key) implements Opened {}

    /** They are none. */
    record Refused(Reason reason) implements Opened {}
  }

  /** Why bytes were refused. */
  enum Reason {
    /** Not sealed at all, or by a release that this one does not understand. */
    UNSEALED,
    /** Sealed by a key that is not among those here. */
    WRONG_KEY,
    /** Not what the holder of the key sealed for this conversation. */
    FORGED,
    /** Sealed once, and taken already or far too late. */
    REPLAYED
  }

  private record Derived(SealKey key, SecretKey aes) {}

  /** A boot of the other end that was believed. */
  private static final class Sender {
    private final byte[] salt;
    private final List<Derived> derived = new ArrayList<>();
    private final ReplayWindow window = new ReplayWindow();

    Sender(byte[] salt) {
      this.salt = salt;
    }
  }

  /**
   * The end of a boot.
   *
   * @param salt {@link SealFormat#SALT_BYTES} random bytes, never used before
   */
  public Seal(SealContext conversation, KeyRing keys, byte[] salt) {
    this.conversation = conversation;
    this.keys = keys;
    this.salt = salt.clone();
  }

  /** Goes on with other keys; those that both sets have lose nothing. */
  synchronized void rekey(KeyRing fresh) {
    keys = fresh;
  }

  /** The sealed message. */
  public synchronized byte[] seal(byte[] message, int offset, int length, long nowMillis) {
    return seal(keys.first(), message, offset, length, nowMillis);
  }

  /** The message sealed by a certain key. */
  public synchronized byte[] seal(
      SealKey key, byte[] message, int offset, int length, long nowMillis) {
    var derived = sealing;
    if (derived == null || !derived.key.equals(key)) {
      derived = new Derived(key, key.derive(salt, conversation.outward()));
      sealing = derived;
    }
    var head = SealFormat.head(key.id(), salt, ++counter);
    var inner =
        ByteBuffer.allocate(SealFormat.INNER_BYTES).putLong(nowMillis).put(heardSalt).array();
    var out = ByteBuffer.allocate(length + SealFormat.OVERHEAD_BYTES).put(head);
    try {
      var cipher =
          SealFormat.cipher(Cipher.ENCRYPT_MODE, derived.aes, head, conversation.outward());
      cipher.update(ByteBuffer.wrap(inner), out);
      cipher.doFinal(ByteBuffer.wrap(message, offset, length), out);
      return out.array();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no AES-GCM", e);
    }
  }

  /** Opens received bytes. Never throws for their content. */
  synchronized Opened open(byte[] bytes, int offset, int length, long nowMillis) {
    if (!SealFormat.isSealed(bytes, offset, length)) {
      return new Opened.Refused(Reason.UNSEALED);
    }
    var key = keys.withId(SealFormat.keyId(bytes, offset));
    if (key == null) {
      return new Opened.Refused(Reason.WRONG_KEY);
    }
    var from = SealFormat.salt(bytes, offset);
    var known = sender != null && MessageDigest.isEqual(sender.salt, from) ? sender : null;
    if (known == null && isRetired(from)) {
      return new Opened.Refused(Reason.REPLAYED);
    }
    var believed = known == null ? new Sender(from) : known;
    var plain = decrypt(believed, key, bytes, offset, length);
    if (plain == null) {
      return new Opened.Refused(Reason.FORGED);
    }
    return judge(believed, key, SealFormat.counter(bytes, offset), plain, nowMillis);
  }

  private Opened judge(Sender from, SealKey key, long count, ByteBuffer plain, long nowMillis) {
    var sentMillis = plain.getLong();
    var echo = new byte[SealFormat.SALT_BYTES];
    plain.get(echo);
    if (from != sender && !isFresh(echo, sentMillis, nowMillis)) {
      heardSalt = sender == null ? from.salt : heardSalt;
      return new Opened.Refused(Reason.REPLAYED);
    }
    if (!from.window.take(count)) {
      return new Opened.Refused(Reason.REPLAYED);
    }
    if (from != sender) {
      follow(from);
    }
    newestMillis = Math.max(newestMillis, sentMillis);
    return new Opened.Message(plain, key);
  }

  private boolean isFresh(byte[] echo, long sentMillis, long nowMillis) {
    return MessageDigest.isEqual(echo, salt)
        || Math.abs(nowMillis - sentMillis) <= NEAR_MILLIS && sentMillis > newestMillis;
  }

  private void follow(Sender next) {
    var before = sender;
    if (before != null) {
      retired.add(before.salt);
      if (retired.size() > MAX_RETIRED) {
        retired.removeFirst();
      }
    }
    sender = next;
    heardSalt = next.salt;
  }

  private boolean isRetired(byte[] candidate) {
    return retired.stream().anyMatch(old -> MessageDigest.isEqual(old, candidate));
  }

  private @Nullable ByteBuffer decrypt(
      Sender from, SealKey key, byte[] bytes, int offset, int length) {
    var head = new byte[SealFormat.HEAD_BYTES];
    System.arraycopy(bytes, offset, head, 0, head.length);
    try {
      var cipher =
          SealFormat.cipher(Cipher.DECRYPT_MODE, aes(from, key), head, conversation.inward());
      return ByteBuffer.wrap(cipher.doFinal(bytes, offset + head.length, length - head.length));
    } catch (GeneralSecurityException _) {
      return null;
    }
  }

  private SecretKey aes(Sender from, SealKey key) {
    for (var derived : from.derived) {
      if (derived.key.equals(key)) {
        return derived.aes;
      }
    }
    var fresh = new Derived(key, key.derive(from.salt, conversation.inward()));
    from.derived.add(fresh);
    return fresh.aes;
  }
}
