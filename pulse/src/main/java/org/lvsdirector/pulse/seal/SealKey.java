// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.seal;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;

/** A secret of 256 bits that both directors have. Pure; shows itself to nobody. */
public final class SealKey {

  /** The size of the secret. */
  public static final int BYTES = 32;

  private static final String ID_INFO = "lvs-director key id 1";
  private static final String MARK_INFO = "lvs-director salt mark 1";
  private static final int MARK_BYTES = 4;

  private final byte[] secret;
  private final int id;
  private final SecretKey marking;

  private SealKey(byte[] secret) {
    this.secret = secret;
    this.id = id(secret);
    marking = derive(new byte[0], MARK_INFO.getBytes(StandardCharsets.US_ASCII));
  }

  /**
   * The key with this secret.
   *
   * @throws IllegalArgumentException when it does not have {@link #BYTES} bytes
   */
  public static SealKey of(byte[] secret) {
    if (secret.length != BYTES) {
      throw new IllegalArgumentException("a key has " + BYTES + " bytes, not " + secret.length);
    }
    return new SealKey(secret.clone());
  }

  /** The secret as it stands in a key file. */
  public String base64() {
    return Base64.getEncoder().encodeToString(secret);
  }

  /** Tells keys apart and gives nothing of the secret away. */
  public int id() {
    return id;
  }

  /**
   * A key for AES of its own for each salt and purpose: HKDF with SHA-256, RFC 5869.
   *
   * @param salt never used with this secret before
   */
  SecretKey derive(byte[] salt, byte[] purpose) {
    try {
      var spec =
          HKDFParameterSpec.ofExtract().addIKM(secret).addSalt(salt).thenExpand(purpose, BYTES);
      return KDF.getInstance("HKDF-SHA256").deriveKey("AES", spec);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no HKDF", e);
    }
  }

  /** The salt with its last four bytes made such that the holders of this key know it for one. */
  byte[] marked(byte[] salt) {
    var random = Arrays.copyOf(salt, salt.length);
    Arrays.fill(random, salt.length - MARK_BYTES, salt.length, (byte) 0);
    try {
      var cipher = Cipher.getInstance("AES/ECB/NoPadding");
      cipher.init(Cipher.ENCRYPT_MODE, marking);
      System.arraycopy(cipher.doFinal(random), 0, random, salt.length - MARK_BYTES, MARK_BYTES);
      return random;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no AES", e);
    }
  }

  /** Whether a holder of this key has made this salt; costs a block of AES. */
  boolean hasMarked(byte[] salt) {
    return MessageDigest.isEqual(salt, marked(salt));
  }

  private static int id(byte[] secret) {
    try {
      var info = ID_INFO.getBytes(StandardCharsets.US_ASCII);
      var spec = HKDFParameterSpec.ofExtract().addIKM(secret).thenExpand(info, Integer.BYTES);
      var bytes = KDF.getInstance("HKDF-SHA256").deriveData(spec);
      return (bytes[0] & 0xff) << 24
          | (bytes[1] & 0xff) << 16
          | (bytes[2] & 0xff) << 8
          | bytes[3] & 0xff;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no HKDF", e);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SealKey key && MessageDigest.isEqual(secret, key.secret);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(secret);
  }

  @Override
  public String toString() {
    return "key " + Integer.toHexString(id);
  }
}
