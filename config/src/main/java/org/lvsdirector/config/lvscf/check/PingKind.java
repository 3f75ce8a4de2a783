// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config.lvscf.check;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.CheckSettings.Check;
import org.lvsdirector.config.lvscf.directive.Directive;

/** {@code check = ping}: asks for an ICMP echo. */
final class PingKind extends CheckKind {
  PingKind() {
    super("ping", Status.NOT_YET, "it answers an ICMP echo", "check = ping");
  }

  @Override
  public List<Directive<?>> directives() {
    return List.of();
  }

  @Override
  public Check bind(CheckBlock block) {
    return new Check.Ping();
  }

  @Override
  @Nullable CheckLines settings(Check check) {
    return check instanceof Check.Ping ? new CheckLines() : null;
  }
}
