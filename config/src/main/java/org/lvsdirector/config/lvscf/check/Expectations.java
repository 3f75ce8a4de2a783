// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config.lvscf.check;

import static org.lvsdirector.config.lvscf.check.CheckDirectives.EXPECT;
import static org.lvsdirector.config.lvscf.check.CheckDirectives.USE_REGEX;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.CheckSettings.Expect;
import org.lvsdirector.config.lvscf.directive.Escapes;
import org.lvsdirector.config.lvscf.directive.PosixRegex;
import org.lvsdirector.config.problem.PrintableText;
import org.lvsdirector.config.problem.ProblemCode;

/** How {@code expect} is read and written, for the kinds that have it. */
final class Expectations {
  private static final int PIRANHA_COMPARED = 254;
  private static final int MAX_REGEX_LENGTH = 1024;

  private Expectations() {}

  /** What a block expects; nothing when it does not say. */
  static Expect read(CheckBlock block, boolean isRegex) {
    if (!block.values().isMentioned(EXPECT)) {
      return new Expect.Nothing();
    }
    var text = block.decoded(EXPECT, isRegex);
    if (isRegex) {
      return regex(block, text);
    }
    if (text.length() > PIRANHA_COMPARED) {
      block.report(
          ProblemCode.LONG_EXPECT,
          EXPECT,
          "all %d bytes are compared; Piranha compared the first %d"
              .formatted(text.length(), PIRANHA_COMPARED),
          "shorten it to what tells a good answer");
    }
    return text.isEmpty() || text.equals("*") ? new Expect.Anything() : new Expect.Prefix(text);
  }

  private static Expect regex(CheckBlock block, String text) {
    var regex = PosixRegex.toJava(text);
    var complaint = complaint(regex);
    if (complaint != null) {
      block.report(
          ProblemCode.INVALID_REGEX,
          EXPECT,
          "not a regular expression: " + complaint,
          "mend it, or write use_regex = 0 for plain text");
    }
    return new Expect.Regex(regex);
  }

  private static @Nullable String complaint(String regex) {
    if (regex.length() > MAX_REGEX_LENGTH) {
      return "longer than " + MAX_REGEX_LENGTH + " characters";
    }
    try {
      Pattern.compile(regex);
      return null;
    } catch (PatternSyntaxException e) {
      return PrintableText.printable(e.getDescription());
    }
  }

  static CheckLines lines(Expect expect) {
    var lines = new CheckLines();
    return switch (expect) {
      case Expect.Nothing _ -> lines;
      case Expect.Anything _ -> lines.written(EXPECT, "\"*\"");
      case Expect.Prefix(var text) -> lines.written(EXPECT, Escapes.encode(text));
      case Expect.Exactly(var text) -> lines.written(EXPECT, Escapes.encode(text));
      case Expect.Regex(var regex) ->
          lines.written(EXPECT, Escapes.encode(regex)).with(USE_REGEX, true);
    };
  }
}
