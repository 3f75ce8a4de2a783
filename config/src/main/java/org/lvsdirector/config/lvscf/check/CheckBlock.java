// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config.lvscf.check;

import static org.lvsdirector.config.lvscf.check.CheckDirectives.EXPECT;
import static org.lvsdirector.config.lvscf.check.CheckDirectives.SEND;

import java.util.Objects;
import org.lvsdirector.config.CheckSettings.Check;
import org.lvsdirector.config.lvscf.directive.Directive;
import org.lvsdirector.config.lvscf.directive.Escapes;
import org.lvsdirector.config.lvscf.directive.Values;
import org.lvsdirector.config.lvscf.syntax.Token;
import org.lvsdirector.config.problem.ProblemCode;
import org.lvsdirector.config.problem.Problems;

/**
 * A block whose check is made.
 *
 * @param values what it says
 * @param header what to point at when it does not say a thing
 * @param kindPlace what to point at for the kind of check
 * @param problems takes what is wrong
 */
public record CheckBlock(Values values, Token header, Token kindPlace, Problems problems) {

  boolean hasText() {
    return values.isMentioned(SEND) || values.isMentioned(EXPECT);
  }

  /** The value of a directive. */
  <T> T get(Directive<T> directive) {
    return values.get(directive);
  }

  /** Tells of a directive's value. */
  void report(ProblemCode code, Directive<?> directive, String message, String advice) {
    problems.report(code, values.at(directive, header), message, advice);
  }

  /** Tells that no server could ever pass the check; the service has none then. */
  Check impossible(String reason, String advice) {
    problems.report(
        ProblemCode.CANNOT_CHECK, kindPlace, reason + ", so no server would ever be up", advice);
    return new Check.None();
  }

  /** A text with its escapes translated, one char per byte; empty when it is not given or wrong. */
  String decoded(Directive<Token> directive, boolean isRegex) {
    var word = values.given(directive);
    if (word == null) {
      return "";
    }
    if (word.quote() == '\'') {
      problems.report(
          ProblemCode.SINGLE_QUOTES,
          word,
          "the single quotes are not part of the text here",
          "Piranha sent them along; write double quotes");
    }
    return Objects.requireNonNullElse(Escapes.decode(word, isRegex, problems), "");
  }
}
