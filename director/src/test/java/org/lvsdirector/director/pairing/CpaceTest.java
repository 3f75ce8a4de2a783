// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.pairing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The test vectors of draft-irtf-cfrg-cpace, appendix B.1. */
final class CpaceTest {
  private static final byte[] PASSWORD = "Password".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] CHANNEL = hex("6f630b425f726573706f6e6465720b415f696e69746961746f72");
  private static final byte[] SESSION = hex("7e4b4791d6a8ef019b936c79fb7f2c57");
  private static final byte[] GENERATOR =
      hex("64e8099e3ea682cfdc5cb665c057ebb514d06bf23ebc9f743b51b82242327074");
  private static final byte[] FIRST_SCALAR =
      hex("21b4f4bd9e64ed355c3eb676a28ebedaf6d8f17bdc365995b319097153044080");
  private static final byte[] SECOND_SCALAR =
      hex("848b0779ff415f0af4ea14df9dd1d3c29ac41d836c7808896c4eba19c51ac40a");
  private static final byte[] FIRST =
      hex("1b02dad6dbd29a07b6d28c9e04cb2f184f0734350e32bb7e62ff9dbcfdb63d15");
  private static final byte[] SECOND =
      hex("20cda5955f82c4931545bcbf40758ce1010d7db4db2a907013d79c7a8fcf957f");
  private static final byte[] SHARED =
      hex("f97fdfcfff1c983ed6283856a401de3191ca919902b323c5f950c9703df7297a");

  @Test
  void theGeneratorIsTheOneOfTheDraft() {
    assertThat(Cpace.generator(PASSWORD, CHANNEL, SESSION)).isEqualTo(GENERATOR);
  }

  @Test
  void sharesAndWhatBothComeToAreThoseOfTheDraft() {
    assertThat(Cpace.multiply(FIRST_SCALAR, GENERATOR)).isEqualTo(FIRST);
    assertThat(Cpace.multiply(SECOND_SCALAR, GENERATOR)).isEqualTo(SECOND);
    assertThat(Cpace.multiply(FIRST_SCALAR, SECOND)).isEqualTo(SHARED);
    assertThat(Cpace.multiply(SECOND_SCALAR, FIRST)).isEqualTo(SHARED);
  }

  @Test
  void theKeyIsTheOneOfTheDraft() {
    var key =
        Cpace.key(
            SESSION,
            SHARED,
            Cpace.message(FIRST, hex("414461")),
            Cpace.message(SECOND, hex("414462")));

    assertThat(HexFormat.of().formatHex(key))
        .isEqualTo(
            "a051ee5ee2499d16da3f69f430218b8ea94a18a45b67f9e86495b382c33d14a5"
                + "c38cecc0cc834f960e39e0d1bf7d76b9ef5d54eecc5e0f386c97ad12da8c3d5f");
  }

  /** Whoever sends one of them would know the key without the password. */
  @Test
  void pointsOfSmallOrderAreRefused() {
    for (var point :
        List.of(
            "0000000000000000000000000000000000000000000000000000000000000000",
            "0100000000000000000000000000000000000000000000000000000000000000",
            "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
            "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
            "0000000000000000000000000000000000000000000000000000000000000080")) {
      assertThatThrownBy(() -> Cpace.multiply(FIRST_SCALAR, hex(point)))
          .as(point)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text);
  }
}
