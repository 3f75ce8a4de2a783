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
 * that is new here must prove that it is no recording, in each message: by repeating this end's own
 * salt or, when it may not hear this end, by a wall clock near this one's that is later than all
 * heard before. A boot that another one has followed is never taken again.
 *
 * <p>Pure but for what it remembers; its methods may be called by several threads.
 */
public final class Seal {

  /** How far two wall clocks may differ where nothing better tells a recording. */
  static final long NEAR_MILLIS = 60_000;

  /** How late a message may be of a boot that speaks by its clock alone. */
  private static final long LATE_MILLIS = 2_000;

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
  private final Candidates candidates = new Candidates();

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
    var known = sender != null && MessageDigest.isEqual(sender.salt(), from) ? sender : null;
    if (known == null && isRetired(from)) {
      return new Opened.Refused(Reason.REPLAYED);
    }
    var speaker = known == null ? candidates.find(key, from, nowMillis) : known;
    var plain = speaker == null ? null : decrypt(speaker, key, bytes, offset, length);
    if (speaker == null || plain == null) {
      return new Opened.Refused(Reason.FORGED);
    }
    return judge(speaker, key, SealFormat.counter(bytes, offset), plain, nowMillis);
  }

  private Opened judge(Sender from, SealKey key, long count, ByteBuffer plain, long nowMillis) {
    var sentMillis = plain.getLong();
    var echo = new byte[SealFormat.SALT_BYTES];
    plain.get(echo);
    if (!MessageDigest.isEqual(echo, salt) && !isNow(from, sentMillis, nowMillis)) {
      heardSalt = sender == null ? from.salt() : heardSalt;
      return new Opened.Refused(Reason.REPLAYED);
    }
    if (!from.window().take(count)) {
      return new Opened.Refused(Reason.REPLAYED);
    }
    if (from != sender) {
      follow(from);
    }
    newestMillis = Math.max(newestMillis, sentMillis);
    return new Opened.Message(plain, key);
  }

  /** Whether a clock near this one's, and later than all heard before, speaks for a message. */
  private boolean isNow(Sender from, long sentMillis, long nowMillis) {
    var isLater =
        from == sender ? sentMillis >= newestMillis - LATE_MILLIS : sentMillis > newestMillis;
    return isLater && Math.abs(nowMillis - sentMillis) <= NEAR_MILLIS;
  }

  private void follow(Sender next) {
    var before = sender;
    if (before != null) {
      retired.add(before.salt());
      if (retired.size() > MAX_RETIRED) {
        retired.removeFirst();
      }
    }
    sender = next;
    heardSalt = next.salt();
    candidates.remove(next);
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
          SealFormat.cipher(
              Cipher.DECRYPT_MODE,
              from.aes(key, conversation.inward()),
              head,
              conversation.inward());
      return ByteBuffer.wrap(cipher.doFinal(bytes, offset + head.length, length - head.length));
    } catch (GeneralSecurityException _) {
      return null;
    }
  }
}
