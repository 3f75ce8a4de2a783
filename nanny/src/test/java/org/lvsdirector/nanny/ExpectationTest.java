// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.nanny;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lvsdirector.config.CheckSettings.Expect;
import org.lvsdirector.nanny.Expectation.Verdict;

class ExpectationTest {
  private static Verdict judge(Expect expect, String answer, boolean isComplete) {
    return new Expectation(expect).judge(answer, isComplete);
  }

  @ParameterizedTest
  @CsvSource({
    "HTTP/1.1 200, false, match",
    "HTTP/1.1 200 OK and more, false, match",
    "HTTP/1.1 2, false, more",
    "HTTP/1.1 2, true, mismatch",
    "HTTP/1.1 500, false, mismatch",
    "X, false, mismatch",
    "'', false, more",
    "'', true, mismatch",
  })
  void prefixIsDecidedByTheFirstBytesThatDecide(String answer, boolean isComplete, String verdict) {
    assertThat(word(judge(new Expect.Prefix("HTTP/1.1 200"), answer, isComplete)))
        .isEqualTo(verdict);
  }

  @ParameterizedTest
  @CsvSource({
    "it is OK now, OK, false, match",
    "it is, OK, false, more",
    "it is, OK, true, mismatch",
    "OK, OK$, false, more at end",
    "OK, OK$, true, match",
    "OKAY, OK$, true, mismatch",
    "OKAY, ^KAY, true, mismatch",
  })
  void regexIsSoughtInAllThatCame(String answer, String regex, boolean isComplete, String verdict) {
    assertThat(word(judge(new Expect.Regex(regex), answer, isComplete))).isEqualTo(verdict);
  }

  @Test
  void anythingIsAtLeastOneByte() {
    assertThat(word(judge(new Expect.Anything(), "", false))).isEqualTo("more");
    assertThat(word(judge(new Expect.Anything(), "", true))).isEqualTo("mismatch");
    assertThat(word(judge(new Expect.Anything(), "\0", false))).isEqualTo("match");
  }

  @Test
  void prefixMayHoldAnyByte() {
    assertThat(word(judge(new Expect.Prefix("\u00ff\0"), "\u00ff\0\u0001", false)))
        .isEqualTo("match");
    assertThat(word(judge(new Expect.Prefix("\u00ff\0"), "\u00ff\u0001", false)))
        .isEqualTo("mismatch");
  }

  @Test
  void reasonShowsBothAnswersInPrintableText() {
    assertThat(judge(new Expect.Prefix("HTTP/1.1 200"), "HTTP/1.1 500 No", false))
        .isEqualTo(
            new Verdict.Mismatch("answer began with 'HTTP/1.1 500', expected 'HTTP/1.1 200'"));
    assertThat(judge(new Expect.Prefix("+OK\r\n"), "\u001b[31m\r\n", false))
        .isEqualTo(new Verdict.Mismatch("answer began with '\\x1b[31m', expected '+OK\\r\\n'"));
    assertThat(judge(new Expect.Regex("a+"), "b".repeat(1000), true))
        .isEqualTo(new Verdict.Mismatch("answer '" + "b".repeat(60) + "...' does not match 'a+'"));
  }

  private static String word(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Match _ -> "match";
      case Verdict.Mismatch _ -> "mismatch";
      case Verdict.More(var isMatchAtEnd) -> isMatchAtEnd ? "more at end" : "more";
    };
  }
}
