// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.pairing;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * What a person reads on one machine and types on the other: 40 bits as eight letters and digits,
 * of which none looks like another (Crockford's base 32). Pure.
 */
public final class PairCode {
  /** How many random bytes make one. */
  public static final int BYTES = 5;

  private static final int LENGTH = 8;
  private static final int BITS = 5;
  private static final String SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

  private final String symbols;

  private PairCode(String symbols) {
    this.symbols = symbols;
  }

  /**
   * The code of {@link #BYTES} bytes.
   *
   * @param random nobody can guess them
   */
  public static PairCode of(byte[] random) {
    if (random.length != BYTES) {
      throw new IllegalArgumentException("a code has " + BYTES + " bytes, not " + random.length);
    }
    var bits = 0L;
    for (var one : random) {
      bits = bits << Byte.SIZE | one & 0xff;
    }
    var text = new StringBuilder();
    for (var shift = BITS * (LENGTH - 1); shift >= 0; shift -= BITS) {
      text.append(SYMBOLS.charAt((int) (bits >> shift) & SYMBOLS.length() - 1));
    }
    return new PairCode(text.toString());
  }

  /**
   * The code that somebody has typed, in small letters or large, with any dashes and blanks.
   *
   * @throws IllegalArgumentException when it is none; the message does not repeat it
   */
  public static PairCode parse(String typed) {
    var text =
        typed
            .replaceAll("[\\s-]", "")
            .toUpperCase(Locale.ROOT)
            .replace('O', '0')
            .replace('I', '1')
            .replace('L', '1');
    if (text.length() != LENGTH || text.chars().anyMatch(symbol -> SYMBOLS.indexOf(symbol) < 0)) {
      throw new IllegalArgumentException(
          "a code has " + LENGTH + " letters and digits, as `director pair` prints it");
    }
    return new PairCode(text);
  }

  /** As it is shown: in two halves. */
  public String text() {
    return symbols.substring(0, LENGTH / 2) + "-" + symbols.substring(LENGTH / 2);
  }

  byte[] password() {
    return symbols.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public String toString() {
    return "a code";
  }
}
