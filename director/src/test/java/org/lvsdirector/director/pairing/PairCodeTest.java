// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.pairing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is shown and typed. */
final class PairCodeTest {
  private static final PairCode CODE = PairCode.of(HexFormat.of().parseHex("0123456789"));

  @Test
  void everyBitIsInTheText() {
    assertThat(CODE.text()).isEqualTo("04HM-ASW9");
    assertThat(PairCode.of(HexFormat.of().parseHex("ffffffffff")).text()).isEqualTo("ZZZZ-ZZZZ");
  }

  @Test
  void isReadAsPeopleTypeIt() {
    for (var typed : List.of("04HM-ASW9", "04hmasw9", " 04hm asw9 ", "O4HM-ASW9", "o4-hm-as-w9")) {
      assertThat(PairCode.parse(typed).password()).as(typed).isEqualTo(CODE.password());
    }
    assertThat(PairCode.parse("iLO0-1111").text()).isEqualTo("1100-1111");
  }

  @Test
  void whatIsNoCodeIsRefusedAndNotRepeated() {
    for (var typed : List.of("", "04HM", "04HM-ASW99", "04HM-ASWU", "04HM-ASÜ9", "04HM_ASW9")) {
      assertThatThrownBy(() -> PairCode.parse(typed))
          .as(typed)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("8 letters and digits");
    }
    assertThat(CODE.toString()).doesNotContain("04HM");
  }

  @Test
  void endsWithItsTimeAlsoWhereTheClockWraps() {
    for (var start : new long[] {0, Long.MAX_VALUE - 5}) {
      var code = OneTimeCode.fresh(CODE, Duration.ofNanos(10), start);

      assertThat(code.isExpired(start + 9)).isFalse();
      assertThat(code.isExpired(start + 10)).isTrue();
    }
  }

  @Test
  void isSpentAfterTheThirdTry() {
    var code = OneTimeCode.fresh(CODE, Duration.ofNanos(10), 0);
    assertThat(code.tried().tried().isSpent()).isFalse();
    assertThat(code.tried().tried().tried().isSpent()).isTrue();
  }
}
