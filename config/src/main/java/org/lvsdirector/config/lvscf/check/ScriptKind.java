// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config.lvscf.check;

import static org.lvsdirector.config.lvscf.check.CheckDirectives.CHECK_PORT;
import static org.lvsdirector.config.lvscf.check.CheckDirectives.EXPECT;
import static org.lvsdirector.config.lvscf.check.CheckDirectives.SEND_PROGRAM;
import static org.lvsdirector.config.lvscf.check.CheckDirectives.USE_REGEX;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.CheckSettings.Check;
import org.lvsdirector.config.CheckSettings.Expect;
import org.lvsdirector.config.lvscf.directive.Directive;
import org.lvsdirector.config.problem.PrintableText;
import org.lvsdirector.config.problem.ProblemCode;

/** {@code check = script}: runs a program. */
final class ScriptKind extends CheckKind {
  ScriptKind() {
    super(
        "script",
        Status.MADE,
        "the program ends with exit status 0, and prints what `expect` says where that is given",
        "check = script",
        "send_program = \"/usr/local/sbin/check %h %p\"");
  }

  @Override
  public List<Directive<?>> directives() {
    return List.of(CHECK_PORT, SEND_PROGRAM, EXPECT, USE_REGEX);
  }

  @Override
  public Check bind(CheckBlock block) {
    return program(block, block.get(USE_REGEX));
  }

  /** The check by a block's program. */
  static Check program(CheckBlock block, boolean isRegex) {
    var command = block.values().given(SEND_PROGRAM);
    if (command == null || command.isBlank()) {
      block
          .problems()
          .report(
              ProblemCode.REQUIRED,
              block.values().at(SEND_PROGRAM, block.kindPlace()),
              "check = script needs a program",
              "add send_program = \"/path/to/program %h %p\"");
      return new Check.None();
    }
    tellOfPlaceholders(block, command);
    return new Check.Script(command, printed(Expectations.read(block, isRegex)));
  }

  /** Piranha compared all that a program prints but its last byte, which should be a line end. */
  private static Expect printed(Expect expect) {
    return expect instanceof Expect.Prefix(var text) ? new Expect.Exactly(text) : expect;
  }

  private static void tellOfPlaceholders(CheckBlock block, String command) {
    for (var word : command.split(" ")) {
      if (word.length() > 2 && (word.contains("%h") || word.contains("%p"))) {
        block.report(
            ProblemCode.PLACEHOLDER,
            SEND_PROGRAM,
            PrintableText.quoted(word) + " has %h or %p inside of a word",
            "it is replaced here; Piranha replaced only a whole word, so such a check never"
                + " worked");
        return;
      }
    }
  }

  @Override
  @Nullable CheckLines settings(Check check) {
    return check instanceof Check.Script(var command, var expect)
        ? new CheckLines().with(SEND_PROGRAM, command).with(Expectations.lines(expect))
        : null;
  }
}
