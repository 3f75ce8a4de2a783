// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config.lvscf.check;

import static org.lvsdirector.config.lvscf.check.CheckDirectives.CHECK_HELO;
import static org.lvsdirector.config.lvscf.check.CheckDirectives.CHECK_PORT;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.CheckSettings.Check;
import org.lvsdirector.config.lvscf.directive.Directive;

/** {@code check = smtp}: greets a mail server. */
final class SmtpKind extends CheckKind {
  SmtpKind() {
    super(
        "smtp",
        Status.NOT_YET,
        "it greets with 220 and answers EHLO with 250",
        "port = 25",
        "check = smtp",
        "check_helo = lb.example.com");
  }

  @Override
  public List<Directive<?>> directives() {
    return List.of(CHECK_PORT, CHECK_HELO);
  }

  @Override
  public Check bind(CheckBlock block) {
    return new Check.Smtp(block.get(CHECK_HELO));
  }

  @Override
  @Nullable CheckLines settings(Check check) {
    return check instanceof Check.Smtp(var name) ? new CheckLines().with(CHECK_HELO, name) : null;
  }
}
