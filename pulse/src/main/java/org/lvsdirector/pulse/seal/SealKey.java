// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.seal;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;

/** A secret of 256 bits that both directors have. Pure; shows itself to nobody. */
public final class SealKey {

  /** The size of the secret. */
  public static final int BYTES = 32;

  private static final String ID_INFO = "lvs-director key id 1";

  private final byte[] secret;
  private final int id;

  private SealKey(byte[] secret) {
    this.secret = secret;
    this.id = id(secret);
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
