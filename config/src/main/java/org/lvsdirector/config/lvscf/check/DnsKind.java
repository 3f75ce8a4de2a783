// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config.lvscf.check;

import static org.lvsdirector.config.lvscf.check.CheckDirectives.CHECK_PORT;
import static org.lvsdirector.config.lvscf.check.CheckDirectives.CHECK_QUERY;
import static org.lvsdirector.config.lvscf.check.CheckDirectives.CHECK_QUERY_TYPE;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.CheckSettings.Check;
import org.lvsdirector.config.lvscf.directive.Directive;

/** {@code check = dns}: asks a name server over UDP. */
final class DnsKind extends CheckKind {
  DnsKind() {
    super(
        "dns",
        Status.NOT_YET,
        "it answers the question without an error",
        "protocol = udp",
        "port = 53",
        "check = dns",
        "check_query = example.com");
  }

  @Override
  public List<Directive<?>> directives() {
    return List.of(CHECK_PORT, CHECK_QUERY, CHECK_QUERY_TYPE);
  }

  @Override
  public Check bind(CheckBlock block) {
    return new Check.Dns(block.get(CHECK_QUERY), block.get(CHECK_QUERY_TYPE));
  }

  @Override
  @Nullable CheckLines settings(Check check) {
    return check instanceof Check.Dns(var name, var type)
        ? new CheckLines().with(CHECK_QUERY, name).with(CHECK_QUERY_TYPE, type)
        : null;
  }
}
