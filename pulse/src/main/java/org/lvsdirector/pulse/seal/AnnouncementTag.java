// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.seal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * What the two directors of a pair add to the frames by which they announce virtual addresses to
 * everybody, so that each knows the other's from those of any other machine.
 *
 * <pre>
 *  0  6  milliseconds since 1970, later than in every tag before
 *  6 12  HMAC with SHA-256 over who announces, the time and what is announced, cut
 * </pre>
 *
 * <p>A tag is taken once, not much later than the next, and only when its time is near this
 * machine's: a recording is worth nothing to who heard what was recorded, and to others for a
 * minute. Without a key the tag is one that anybody can compute; it tells a director from what is
 * none, but not from a forger.
 *
 * <p>Its methods may be called by several threads.
 */
public final class AnnouncementTag {

  /** The size of a tag: what an ARP frame lacks to the shortest one of Ethernet. */
  public static final int BYTES = 18;

  private static final String PURPOSE = "lvs-director announcement 1";
  private static final int TIME_BYTES = 6;
  private static final SecretKey NO_KEY = new SecretKeySpec(words(PURPOSE), "AES");

  private final String self;
  private final String partner;
  private List<SecretKey> secrets;
  private boolean acceptsUnsealed;
  private long sentMillis;
  private final ReplayWindow heard = new ReplayWindow();

  /**
   * The tags of one director.
   *
   * @param self its name
   * @param partner the name of the other
   */
  public AnnouncementTag(SealPolicy sealing, String self, String partner) {
    this.self = self;
    this.partner = partner;
    var keys = sealing.keys();
    secrets = keys == null ? List.of(NO_KEY) : secrets(keys);
    acceptsUnsealed = keys != null && sealing.acceptsUnsealed();
  }

  private static List<SecretKey> secrets(KeyRing keys) {
    return keys.keys().stream().map(key -> key.derive(new byte[0], words(PURPOSE))).toList();
  }

  /** Goes on with other keys; announcements were sealed from the start, or are not now. */
  public synchronized void rekey(KeyRing keys) {
    if (!secrets.equals(List.of(NO_KEY))) {
      secrets = secrets(keys);
    }
  }

  /** The tag of what this director announces now. */
  public synchronized byte[] of(byte[] announced, long nowMillis) {
    sentMillis = Math.max(nowMillis, sentMillis + 1);
    return tag(secrets.getFirst(), self, announced, sentMillis);
  }

  /** Whether the partner announces this, now; true once for each tag. */
  public synchronized boolean isPartners(byte[] announced, byte[] tag, long nowMillis) {
    if (tag.length != BYTES) {
      return false;
    }
    var sent = ByteBuffer.wrap(tag).getLong(0) >>> Long.SIZE - TIME_BYTES * Byte.SIZE;
    return Math.abs(sent - nowMillis) <= Seal.NEAR_MILLIS
        && isMadeBy(partner, announced, tag, sent)
        && heard.take(sent);
  }

  private boolean isMadeBy(String maker, byte[] announced, byte[] tag, long sent) {
    if (secrets.stream().anyMatch(secret -> isBy(secret, maker, announced, tag, sent))) {
      acceptsUnsealed = false;
      return true;
    }
    return acceptsUnsealed && isBy(NO_KEY, maker, announced, tag, sent);
  }

  private static boolean isBy(
      SecretKey secret, String maker, byte[] announced, byte[] tag, long sent) {
    return MessageDigest.isEqual(tag(secret, maker, announced, sent), tag);
  }

  private static byte[] tag(SecretKey secret, String maker, byte[] announced, long millis) {
    var time = ByteBuffer.allocate(Long.BYTES).putLong(millis).array();
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(secret);
      mac.update(words(maker + "\0"));
      mac.update(time);
      var sum = mac.doFinal(announced);
      return ByteBuffer.allocate(BYTES)
          .put(time, Long.BYTES - TIME_BYTES, TIME_BYTES)
          .put(sum, 0, BYTES - TIME_BYTES)
          .array();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no HMAC", e);
    }
  }

  private static byte[] words(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
