// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config.lvscf.binding;

import static org.lvsdirector.config.lvscf.catalogue.ServiceDirectives.PORT;
import static org.lvsdirector.config.lvscf.catalogue.ServiceDirectives.PROTOCOL;
import static org.lvsdirector.config.lvscf.check.CheckDirectives.CHECK;
import static org.lvsdirector.config.lvscf.check.CheckDirectives.EXPECT;
import static org.lvsdirector.config.lvscf.check.CheckDirectives.REENTRY;
import static org.lvsdirector.config.lvscf.check.CheckDirectives.SEND_PROGRAM;
import static org.lvsdirector.config.lvscf.check.CheckDirectives.USE_REGEX;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.CheckSettings;
import org.lvsdirector.config.CheckSettings.Check;
import org.lvsdirector.config.lvscf.check.CheckBlock;
import org.lvsdirector.config.lvscf.check.CheckDirectives;
import org.lvsdirector.config.lvscf.check.CheckKind;
import org.lvsdirector.config.lvscf.check.ImpliedCheck;
import org.lvsdirector.config.lvscf.directive.Directive;
import org.lvsdirector.config.lvscf.directive.Values;
import org.lvsdirector.config.lvscf.syntax.Token;
import org.lvsdirector.config.problem.ProblemCode;
import org.lvsdirector.config.problem.Problems;

/** Makes the check of a service from what its block says: its kind, and how often it is made. */
final class CheckBinder {
  /** Every directive that belongs to some kinds of check only. */
  static final Set<Directive<?>> OF_SOME_KINDS = ofSomeKinds();

  private static final int MAX_RISE = 1_000_000;

  private final Values values;
  private final Token header;
  private final Problems problems;

  private final boolean isWatched;

  /**
   * Of a block.
   *
   * @param isWatched whether the check is made at all, so that one that cannot succeed matters
   */
  CheckBinder(Values values, Token header, Problems problems, boolean isWatched) {
    this.values = values;
    this.header = header;
    this.problems = problems;
    this.isWatched = isWatched;
  }

  private static Set<Directive<?>> ofSomeKinds() {
    var all = new LinkedHashSet<Directive<?>>(ImpliedCheck.DIRECTIVES);
    CheckKind.all().forEach(kind -> all.addAll(kind.directives()));
    return all;
  }

  CheckSettings bind() {
    var timeout = values.get(CheckDirectives.TIMEOUT);
    var interval = Objects.requireNonNullElse(values.given(CheckDirectives.INTERVAL), timeout);
    return new CheckSettings(
        check(),
        interval,
        timeout,
        rise(interval),
        values.get(CheckDirectives.FALL).intValue(),
        Objects.requireNonNullElse(values.given(CheckDirectives.CHECK_PORT), 0));
  }

  private int rise(Duration interval) {
    var rise = values.given(CheckDirectives.RISE);
    if (rise != null) {
      tellOfReentry();
      return rise.intValue();
    }
    var reentry = values.get(REENTRY);
    if (reentry.isZero()) {
      problems.report(
          ProblemCode.REENTRY_ZERO,
          values.at(REENTRY, header),
          "reentry 0 means the default of 180s, as it did with Piranha",
          "write rise = 1 if a server may return at once");
      reentry = Objects.requireNonNull(REENTRY.preset());
    }
    return Math.clamp(reentry.toNanos() / interval.toNanos(), 1, MAX_RISE);
  }

  private void tellOfReentry() {
    if (values.isMentioned(REENTRY)) {
      problems.report(
          ProblemCode.NO_EFFECT,
          values.nameOf(REENTRY, header),
          "reentry has no effect beside rise",
          "remove one of them");
    }
  }

  private Check check() {
    var kind = values.given(CHECK);
    tellOfForeign(kind);
    var place = values.at(CHECK, values.at(PROTOCOL, header));
    var block = new CheckBlock(values, header, place, problems);
    tellOfRegexWithoutText(kind);
    if (kind == null && !isWatched && ImpliedCheck.isNothingSaid(values)) {
      return new Check.None();
    }
    if (kind == null) {
      return ImpliedCheck.bind(block, values.get(PROTOCOL), values.get(PORT));
    }
    if (!kind.isRun()) {
      problems.report(
          ProblemCode.CANNOT_MAKE,
          place,
          "check = " + kind.word() + " is not part of this version",
          "use check = " + CheckKind.madeWords() + ", or leave check out and give send and expect");
    }
    return kind.bind(block);
  }

  private void tellOfRegexWithoutText(@Nullable CheckKind kind) {
    var isOther =
        kind == null ? values.isMentioned(SEND_PROGRAM) : !kind.directives().contains(EXPECT);
    if (values.get(USE_REGEX) && !values.isMentioned(EXPECT) && !isOther) {
      problems.report(
          ProblemCode.NO_EFFECT,
          values.nameOf(USE_REGEX, header),
          "use_regex has no effect without expect",
          "remove it, or say what to expect");
    }
  }

  /** Tells of settings that belong to another kind of check. */
  private void tellOfForeign(@Nullable CheckKind kind) {
    if (kind == null && values.isMentioned(CHECK)) {
      return;
    }
    var own = kind == null ? ImpliedCheck.DIRECTIVES : kind.directives();
    var where = kind == null ? "without 'check'" : "on check = " + kind.word();
    for (var directive : OF_SOME_KINDS) {
      if (!values.isMentioned(directive) || own.contains(directive)) {
        continue;
      }
      if (CheckKind.isLater(directive)) {
        problems.report(
            ProblemCode.CANNOT_MAKE,
            values.nameOf(directive, header),
            "'" + directive.word() + "' is not part of this version",
            "remove it; it is for check = " + CheckKind.wordsWith(directive));
      } else {
        problems.report(
            ProblemCode.NO_EFFECT,
            values.nameOf(directive, header),
            "'" + directive.word() + "' has no effect " + where,
            "it is for check = " + CheckKind.wordsWith(directive));
      }
    }
  }
}
