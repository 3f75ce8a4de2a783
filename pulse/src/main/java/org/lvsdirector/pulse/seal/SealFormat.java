// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.seal;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * The bytes of a sealed message. All numbers are big-endian.
 *
 * <pre>
 *  0  4  magic 0x4c565345, "LVSE"
 *  4  1  version, 1
 *  5  4  id of the key
 *  9 16  salt: 12 random bytes, others for each boot of the sender and each link; 4 bytes of AES
 *        of them by a key of the secret, so that a receiver knows a salt for one (an older release
 *        has 16 random bytes)
 * 25  8  counter, from 1 on
 * 33     AES-256-GCM, its tag of 16 bytes last, of
 *          0  8  the sender's wall clock, milliseconds
 *          8 16  the salt that the sender heard last from the receiver; zeros for none
 *         24     the message
 * </pre>
 *
 * <p>The AES key is derived by HKDF from the secret, the salt and the conversation (link, sender,
 * receiver); the nonce is the counter. The associated data are the first 33 bytes and the
 * conversation.
 */
public final class SealFormat {

  public static final int SALT_BYTES = 16;
  static final int HEAD_BYTES = 33;
  static final int INNER_BYTES = Long.BYTES + SALT_BYTES;

  /** What sealing adds to a message. */
  public static final int OVERHEAD_BYTES = HEAD_BYTES + INNER_BYTES + 16;

  private static final int MAGIC = 0x4c565345;
  private static final byte VERSION = 1;
  private static final int TAG_BITS = 128;

  private SealFormat() {}

  static boolean isSealed(byte[] bytes, int offset, int length) {
    return length >= OVERHEAD_BYTES
        && ByteBuffer.wrap(bytes, offset, length).getInt() == MAGIC
        && bytes[offset + 4] == VERSION;
  }

  static int keyId(byte[] bytes, int offset) {
    return ByteBuffer.wrap(bytes).getInt(offset + 5);
  }

  static byte[] salt(byte[] bytes, int offset) {
    return Arrays.copyOfRange(bytes, offset + 9, offset + 9 + SALT_BYTES);
  }

  static long counter(byte[] bytes, int offset) {
    return ByteBuffer.wrap(bytes).getLong(offset + 25);
  }

  static byte[] head(int keyId, byte[] salt, long counter) {
    return ByteBuffer.allocate(HEAD_BYTES)
        .putInt(MAGIC)
        .put(VERSION)
        .putInt(keyId)
        .put(salt)
        .putLong(counter)
        .array();
  }

  /** The cipher for one message, with everything but the message itself. */
  static Cipher cipher(int mode, SecretKey key, byte[] head, byte[] conversation)
      throws GeneralSecurityException {
    var nonce = ByteBuffer.allocate(12).putInt(0).putLong(counter(head, 0)).array();
    var cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(head);
    cipher.updateAAD(conversation);
    return cipher;
  }
}
