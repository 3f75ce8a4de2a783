// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config.lvscf;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.Config;
import org.lvsdirector.config.problem.Problem.Severity;

/** Parse, print, parse is the identity. */
final class Canonical {
  private Canonical() {}

  static void isReadAsTheSame(@Nullable Config config) {
    if (config == null) {
      return;
    }
    var printed = LvsCfPrinter.print(config);
    var again = LvsCf.parse(printed);
    assertThat(again.problems())
        .as("problems of%n%s", printed)
        .noneMatch(problem -> problem.severity() == Severity.ERROR);
    assertThat(again.config()).as(printed).isEqualTo(config);
    assertThat(LvsCfPrinter.print(config)).isEqualTo(printed);
  }
}
