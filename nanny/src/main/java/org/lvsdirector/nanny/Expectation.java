// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.nanny;

import java.util.regex.Pattern;
import org.lvsdirector.config.CheckSettings.Expect;

/**
 * Decides whether an answer is the expected one, as early as the bytes allow. Pure. The answer is
 * one char per byte.
 */
final class Expectation {
  /** More of an answer than this is not looked at. */
  static final int MOST_BYTES = 64 * 1024;

  private final Expect expect;
  private final Pattern pattern;

  /**
   * @throws java.util.regex.PatternSyntaxException when a regular expression is not one
   */
  Expectation(Expect expect) {
    this.expect = expect;
    this.pattern = Pattern.compile(expect instanceof Expect.Regex(var regex) ? regex : "");
  }

  /** What the bytes so far say. */
  sealed interface Verdict {
    /** It is the expected answer. */
    record Match(String detail) implements Verdict {}

    /** It is not, whatever may follow. */
    record Mismatch(String reason) implements Verdict {}

    /**
     * More bytes are needed.
     *
     * @param isMatchAtEnd whether the bytes so far would do if no more came
     */
    record More(boolean isMatchAtEnd) implements Verdict {}
  }

  /** Whether an answer is read at all. */
  boolean wantsAnswer() {
    return !(expect instanceof Expect.Nothing);
  }

  /**
   * Looks at an answer.
   *
   * @param isComplete whether nothing more will come; then the verdict is never {@code More}
   */
  Verdict judge(CharSequence answer, boolean isComplete) {
    if (wantsAnswer() && answer.isEmpty()) {
      return isComplete
          ? new Verdict.Mismatch("closed without an answer")
          : new Verdict.More(false);
    }
    return switch (expect) {
      case Expect.Nothing _ -> new Verdict.Match("nothing expected");
      case Expect.Anything _ -> new Verdict.Match("answered " + Wording.quote(answer));
      case Expect.Prefix(var prefix) -> judgePrefix(prefix, answer, isComplete);
      case Expect.Exactly(var text) ->
          isComplete ? judgeWhole(text, answer) : new Verdict.More(false);
      case Expect.Regex(var regex) -> judgeRegex(regex, answer, isComplete);
    };
  }

  /** Why an answer that is still incomplete at the deadline is bad. */
  String late(CharSequence answer, String within) {
    if (answer.isEmpty()) {
      return "no answer " + within;
    }
    return "answer not complete "
        + within
        + ": got "
        + Wording.quote(answer)
        + ", expected "
        + shown();
  }

  private Verdict judgePrefix(String prefix, CharSequence answer, boolean isComplete) {
    var common = Math.min(prefix.length(), answer.length());
    for (var i = 0; i < common; i++) {
      if (prefix.charAt(i) != answer.charAt(i)) {
        var began = answer.subSequence(0, common);
        return new Verdict.Mismatch(
            "answer began with " + Wording.quote(began) + ", expected " + shown());
      }
    }
    if (common == prefix.length()) {
      return new Verdict.Match("answer began with " + shown());
    }
    return isComplete
        ? new Verdict.Mismatch(
            "answer ended after " + Wording.quote(answer) + ", expected " + shown())
        : new Verdict.More(false);
  }

  /** One line end after the text does not count: most programs print it. */
  private Verdict judgeWhole(String text, CharSequence answer) {
    var whole = answer.toString().replaceFirst("\\r?\\n\\z", "");
    return whole.equals(text)
        ? new Verdict.Match("answer was " + shown())
        : new Verdict.Mismatch("answer was " + Wording.quote(whole) + ", expected " + shown());
  }

  @SuppressWarnings("JdkObsolete") // The answer is a stream: a match may be undone by what follows.
  private Verdict judgeRegex(String regex, CharSequence answer, boolean isComplete) {
    var matcher = pattern.matcher(answer);
    var isFound = matcher.find();
    if (isFound && (isComplete || !matcher.requireEnd())) {
      return new Verdict.Match("answer matched " + Wording.quote(regex));
    }
    return isComplete
        ? new Verdict.Mismatch("answer " + Wording.quote(answer) + " does not match " + shown())
        : new Verdict.More(isFound);
  }

  private String shown() {
    return switch (expect) {
      case Expect.Nothing _ -> "nothing";
      case Expect.Anything _ -> "anything";
      case Expect.Prefix(var prefix) -> Wording.quote(prefix);
      case Expect.Exactly(var text) -> Wording.quote(text);
      case Expect.Regex(var regex) -> Wording.quote(regex);
    };
  }
}
