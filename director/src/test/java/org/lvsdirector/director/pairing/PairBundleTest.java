// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.pairing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is given, as bytes. */
final class PairBundleTest {
  private static final PairBundle BUNDLE =
      new PairBundle("key abc\n", "primary = ä\n", List.of("/a", "/b"));

  @Test
  void whatIsEncodedIsDecoded() {
    assertThat(PairBundle.decode(BUNDLE.encode())).isEqualTo(BUNDLE);
    var least = new PairBundle("", "", List.of());
    assertThat(PairBundle.decode(least.encode())).isEqualTo(least);
  }

  @Test
  void whatIsCutShortOrGoesOnIsRefused() {
    var whole = BUNDLE.encode();
    for (var length = 0; length < whole.length; length++) {
      var part = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> PairBundle.decode(part))
          .as("%d bytes", length)
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> PairBundle.decode(Arrays.copyOf(whole, whole.length + 1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void lengthsThatAreNotThereAreRefused() {
    for (var bytes :
        List.of(
            "ffffffff",
            "7fffffff0000000000000000",
            "000003e9" + "00000000".repeat(1003),
            "000000007fffffff00000000",
            "00000000ffffffff00000000",
            "0000000000000001ff00000000")) {
      assertThatThrownBy(() -> PairBundle.decode(HexFormat.of().parseHex(bytes)))
          .as(bytes)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void moreThanTheMostIsNotGiven() {
    var much = new PairBundle("key\n", "x".repeat(PairBundle.MAX_BYTES), List.of());
    assertThatThrownBy(much::encode).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void showsNoKey() {
    assertThat(BUNDLE.toString()).doesNotContain("abc");
  }
}
