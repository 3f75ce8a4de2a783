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
import org.lvsdirector.config.problem.ProblemCode;

/** {@code check = udp}: sends a datagram and looks at the one that comes back. */
final class UdpKind extends CheckKind {
  /** What to do about a service that cannot be checked so. */
  static final String ADVICE =
      "give send and expect, name a program with send_program, or write check = none";

  UdpKind() {
    super(
        "udp",
        Status.MADE,
        "it answers the datagram `send` as `expect` says",
        "protocol = udp",
        "port = 7",
        "check = udp",
        "send = \"ping\"",
        "expect = \"*\"");
  }

  @Override
  public List<Directive<?>> directives() {
    return List.of(CHECK_PORT, SEND, EXPECT, USE_REGEX);
  }

  @Override
  public Check bind(CheckBlock block) {
    return block.values().isMentioned(SEND)
        ? conversation(block)
        : block.impossible("a udp server answers only to what is sent", ADVICE);
  }

  /** The check of a block that says what to send, or what to expect. */
  static Check conversation(CheckBlock block) {
    var send = block.decoded(SEND, false);
    var expect = Expectations.read(block, block.get(USE_REGEX));
    if (send.isEmpty() && expect instanceof Expect.Nothing) {
      return new Check.Connect();
    }
    if (send.isEmpty() && !block.values().isWrong(SEND)) {
      return block.impossible("a udp service answers only to what is sent", ADVICE);
    }
    if (!(expect instanceof Expect.Nothing)) {
      return new Check.SendExpect(Protocol.UDP, send, expect);
    }
    block
        .problems()
        .report(
            ProblemCode.CHECK_REPLACED,
            block.values().nameOf(SEND, block.header()),
            "a udp check without expect waits for any answer",
            "write expect = \"*\" if that is meant");
    return new Check.SendExpect(Protocol.UDP, send, new Expect.Anything());
  }

  @Override
  @Nullable CheckLines settings(Check check) {
    return check instanceof Check.SendExpect(var protocol, var send, var expect)
            && protocol == Protocol.UDP
        ? new CheckLines().bytes(SEND, send).with(Expectations.lines(expect))
        : null;
  }
}
