// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config.lvscf.check;

import static org.lvsdirector.config.lvscf.check.CheckDirectives.CHECK_PORT;
import static org.lvsdirector.config.lvscf.check.CheckDirectives.EXPECT;
import static org.lvsdirector.config.lvscf.check.CheckDirectives.SEND;
import static org.lvsdirector.config.lvscf.check.CheckDirectives.USE_REGEX;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.CheckSettings.Check;
import org.lvsdirector.config.CheckSettings.Expect;
import org.lvsdirector.config.Protocol;
import org.lvsdirector.config.lvscf.directive.Directive;

/** {@code check = tcp}: connects, and may send something and look at what comes back. */
final class TcpKind extends CheckKind {
  TcpKind() {
    super(
        "tcp",
        Status.MADE,
        "it takes the connection, and answers as `expect` says where that is given",
        "port = 25",
        "check = tcp",
        "expect = \"220\"");
  }

  @Override
  public List<Directive<?>> directives() {
    return List.of(CHECK_PORT, SEND, EXPECT, USE_REGEX);
  }

  @Override
  public Check bind(CheckBlock block) {
    var send = block.decoded(SEND, false);
    var expect = Expectations.read(block, block.get(USE_REGEX));
    return send.isEmpty() && expect instanceof Expect.Nothing
        ? new Check.Connect()
        : new Check.SendExpect(Protocol.TCP, send, expect);
  }

  @Override
  @Nullable CheckLines settings(Check check) {
    if (check instanceof Check.SendExpect(var protocol, var send, var expect)
        && protocol == Protocol.TCP) {
      return new CheckLines().bytes(SEND, send).with(Expectations.lines(expect));
    }
    return check instanceof Check.Connect ? new CheckLines() : null;
  }
}
