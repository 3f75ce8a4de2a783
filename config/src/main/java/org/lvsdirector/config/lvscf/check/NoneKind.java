// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config.lvscf.check;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.CheckSettings.Check;
import org.lvsdirector.config.lvscf.directive.Directive;

/** {@code check = none}: every server counts as up. */
final class NoneKind extends CheckKind {
  NoneKind() {
    super("none", Status.MADE, "always", "check = none");
  }

  @Override
  public List<Directive<?>> directives() {
    return List.of();
  }

  @Override
  public Check bind(CheckBlock block) {
    return new Check.None();
  }

  @Override
  @Nullable CheckLines settings(Check check) {
    return check instanceof Check.None ? new CheckLines() : null;
  }
}
