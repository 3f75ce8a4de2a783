// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.pairing;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.spec.NamedParameterSpec;
import java.security.spec.XECPrivateKeySpec;
import java.security.spec.XECPublicKeySpec;
import java.util.Arrays;
import javax.crypto.KeyAgreement;

/**
 * CPace over X25519 with SHA-512, the cipher suite CPACE-X25519-SHA512 of draft-irtf-cfrg-cpace: a
 * key exchange whose base point comes from a password, so that a recording says nothing of the
 * password and each exchange lets an attacker try one. Pure.
 *
 * <p>The multiplications are the JDK's. The map from the password to the curve (RFC 9380, section
 * 6.7.1) is not: it is not of constant time, and is computed once for a password that is used once.
 */
final class Cpace {
  /** The size of a scalar, a point and a session's name at the least. */
  static final int BYTES = 32;

  private static final BigInteger PRIME = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));
  private static final BigInteger A = BigInteger.valueOf(486_662);
  private static final BigInteger HALF = PRIME.shiftRight(1);
  private static final int HASH_BLOCK_BYTES = 128;
  private static final byte[] NAME = ascii("CPace255");
  private static final byte[] KEY_NAME = ascii("CPace255_ISK");

  private Cpace() {}

  /**
   * The point that both multiply.
   *
   * @param password what both know
   * @param channel what the exchange is for
   * @param session never used before
   */
  static byte[] generator(byte[] password, byte[] channel, byte[] session) {
    var before = counted(NAME).length + counted(password).length + 1;
    var padding = new byte[Math.max(0, HASH_BLOCK_BYTES - before)];
    var hash = sha512(together(NAME, password, padding, channel, session));
    return bytes(curve(number(Arrays.copyOf(hash, BYTES))));
  }

  /**
   * A multiple of a point.
   *
   * @throws IllegalArgumentException when the point is one of the few that show nothing of the
   *     scalar's owner
   */
  static byte[] multiply(byte[] scalar, byte[] point) {
    try {
      var keys = KeyFactory.getInstance("X25519");
      var agreement = KeyAgreement.getInstance("X25519");
      agreement.init(
          keys.generatePrivate(new XECPrivateKeySpec(NamedParameterSpec.X25519, scalar)));
      var base = new XECPublicKeySpec(NamedParameterSpec.X25519, number(point));
      agreement.doPhase(keys.generatePublic(base), true);
      return agreement.generateSecret();
    } catch (InvalidKeyException smallOrder) {
      throw new IllegalArgumentException("a point of small order", smallOrder);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no X25519", e);
    }
  }

  /**
   * The key that both have then.
   *
   * @param shared the point that both have come to
   * @param first what the initiator sent and added
   * @param second what the other sent and added
   */
  static byte[] key(byte[] session, byte[] shared, byte[] first, byte[] second) {
    return sha512(together(KEY_NAME, session, shared), first, second);
  }

  /**
   * What one of the two sent, as it goes into the key.
   *
   * @param point its multiple of the generator
   * @param data what it says of itself, which both have to know alike
   */
  static byte[] message(byte[] point, byte[] data) {
    return together(point, data);
  }

  /** Elligator 2, RFC 9380 section 6.7.1, with Z = 2: the coordinate u of a point. */
  private static BigInteger curve(BigInteger u) {
    var divisor = u.multiply(u).shiftLeft(1).add(BigInteger.ONE).mod(PRIME);
    var one =
        divisor.signum() == 0
            ? A.negate().mod(PRIME)
            : A.negate().multiply(divisor.modInverse(PRIME)).mod(PRIME);
    var square = one.multiply(one).add(A.multiply(one)).add(BigInteger.ONE).multiply(one);
    var isOnCurve = square.modPow(HALF, PRIME).compareTo(BigInteger.ONE) <= 0;
    return isOnCurve ? one : one.negate().subtract(A).mod(PRIME);
  }

  /** RFC 7748: little endian, without the highest bit. */
  private static BigInteger number(byte[] littleEndian) {
    var bytes = reversed(littleEndian);
    bytes[0] &= 0x7f;
    return new BigInteger(1, bytes).mod(PRIME);
  }

  private static byte[] bytes(BigInteger number) {
    var bytes = new byte[BYTES];
    for (var i = 0; i < BYTES; i++) {
      bytes[i] = number.shiftRight(8 * i).byteValue();
    }
    return bytes;
  }

  private static byte[] reversed(byte[] bytes) {
    var turned = new byte[bytes.length];
    for (var i = 0; i < bytes.length; i++) {
      turned[i] = bytes[bytes.length - 1 - i];
    }
    return turned;
  }

  /** Each with its length before it: {@code lv_cat} of the draft. */
  private static byte[] together(byte[]... parts) {
    var all = new byte[0];
    for (var part : parts) {
      all = joined(all, counted(part));
    }
    return all;
  }

  /** With its length in LEB128 before it: {@code prepend_len} of the draft. */
  private static byte[] counted(byte[] part) {
    var length = new byte[0];
    for (var rest = part.length; ; rest >>>= 7) {
      var isLast = rest <= 0x7f;
      length = joined(length, new byte[] {(byte) (isLast ? rest : rest & 0x7f | 0x80)});
      if (isLast) {
        return joined(length, part);
      }
    }
  }

  private static byte[] joined(byte[] first, byte[] second) {
    var both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  private static byte[] sha512(byte[]... parts) {
    try {
      var digest = MessageDigest.getInstance("SHA-512");
      for (var part : parts) {
        digest.update(part);
      }
      return digest.digest();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no SHA-512", e);
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
