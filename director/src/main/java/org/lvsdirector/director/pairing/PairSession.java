// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.pairing;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * What two machines have in common once each has the other's share; the same on both if and only if
 * they used the same code. Pure.
 *
 * <p>The exchange, all sizes fixed but the last:
 *
 * <pre>
 * host to guest   {@link #HELLO} and the session's name
 * guest to host   {@link #HELLO} and its share
 * host to guest   its share                            from here on a try is taken
 * guest to host   the guest's proof
 * host to guest   {@link #WRONG}; or {@link #RIGHT}, the host's proof, length and box
 * guest to host   the receipt
 * </pre>
 *
 * <p>The guest proves first, so that who guesses shows it; and the host's proof is looked at before
 * the box, since several keys can open one box of AES-GCM.
 */
final class PairSession {
  /** The first bytes of either side: the program and the version of the exchange. */
  static final byte[] HELLO = "LVSPAIR1".getBytes(StandardCharsets.US_ASCII);

  /** The size of a session's name. */
  static final int NAME_BYTES = 16;

  /** The size of a proof. */
  static final int PROOF_BYTES = 32;

  /** The answer to a proof of another code. */
  static final byte WRONG = 0;

  /** The answer to a proof of the same code. */
  static final byte RIGHT = 1;

  private static final byte[] CHANNEL = ascii("lvs-director pair 1");
  private static final byte[] GUEST = ascii("guest");
  private static final byte[] HOST = ascii("host");
  private static final int KEY_BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final byte[] key;

  private PairSession(byte[] key) {
    this.key = key;
  }

  /** One side's share. */
  static byte[] share(PairCode code, byte[] name, byte[] scalar) {
    return Cpace.multiply(scalar, Cpace.generator(code.password(), CHANNEL, name));
  }

  /**
   * The session as the guest has it.
   *
   * @param scalar of its own share
   * @throws IllegalArgumentException when the host's share is none
   */
  static PairSession ofGuest(byte[] name, byte[] scalar, byte[] own, byte[] hosts) {
    return of(name, Cpace.multiply(scalar, hosts), own, hosts);
  }

  /**
   * The session as the host has it.
   *
   * @param scalar of its own share
   * @throws IllegalArgumentException when the guest's share is none
   */
  static PairSession ofHost(byte[] name, byte[] scalar, byte[] own, byte[] guests) {
    return of(name, Cpace.multiply(scalar, guests), guests, own);
  }

  private static PairSession of(byte[] name, byte[] shared, byte[] guests, byte[] hosts) {
    return new PairSession(
        Cpace.key(name, shared, Cpace.message(guests, GUEST), Cpace.message(hosts, HOST)));
  }

  /** Shows that the guest has the code. */
  byte[] guestProof() {
    return derived("guest proof", PROOF_BYTES);
  }

  /** Shows that the host has it. */
  byte[] hostProof() {
    return derived("host proof", PROOF_BYTES);
  }

  /** Shows that the guest has opened the box. */
  byte[] receipt() {
    return derived("receipt", PROOF_BYTES);
  }

  /** Whether a proof is this one; tells nothing by the time that it takes. */
  static boolean isProof(byte[] shown, byte[] wanted) {
    return MessageDigest.isEqual(shown, wanted);
  }

  /** Seals what the guest is given; once for each session. */
  byte[] seal(byte[] text) {
    try {
      return cipher(Cipher.ENCRYPT_MODE).doFinal(text);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java cannot seal", e);
    }
  }

  /**
   * Opens it.
   *
   * @throws IllegalArgumentException when it was changed on the way
   */
  byte[] open(byte[] box) {
    try {
      return cipher(Cipher.DECRYPT_MODE).doFinal(box);
    } catch (AEADBadTagException changed) {
      throw new IllegalArgumentException("it was changed on the way", changed);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java cannot open", e);
    }
  }

  /** The key seals one box, so its nonce may be all zero. */
  private Cipher cipher(int mode) throws GeneralSecurityException {
    var cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, boxKey(), new GCMParameterSpec(TAG_BITS, new byte[NONCE_BYTES]));
    return cipher;
  }

  private SecretKey boxKey() throws GeneralSecurityException {
    return KDF.getInstance("HKDF-SHA256").deriveKey("AES", purpose("box", KEY_BYTES));
  }

  private byte[] derived(String purpose, int bytes) {
    try {
      return KDF.getInstance("HKDF-SHA256").deriveData(purpose(purpose, bytes));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no HKDF", e);
    }
  }

  private HKDFParameterSpec purpose(String word, int bytes) {
    return HKDFParameterSpec.ofExtract().addIKM(key).thenExpand(ascii(word), bytes);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
