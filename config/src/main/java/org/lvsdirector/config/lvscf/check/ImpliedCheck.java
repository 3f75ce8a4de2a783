// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config.lvscf.check;

import static org.lvsdirector.config.lvscf.check.CheckDirectives.CHECK_PORT;
import static org.lvsdirector.config.lvscf.check.CheckDirectives.EXPECT;
import static org.lvsdirector.config.lvscf.check.CheckDirectives.SEND;
import static org.lvsdirector.config.lvscf.check.CheckDirectives.SEND_PROGRAM;
import static org.lvsdirector.config.lvscf.check.CheckDirectives.USE_REGEX;

import java.util.List;
import org.lvsdirector.config.CheckSettings.Check;
import org.lvsdirector.config.CheckSettings.Expect;
import org.lvsdirector.config.Protocol;
import org.lvsdirector.config.lvscf.directive.Directive;
import org.lvsdirector.config.lvscf.directive.Values;
import org.lvsdirector.config.problem.ProblemCode;

/** The check of a block without {@code check}: what Piranha would have made of it. */
public final class ImpliedCheck {
  /** Piranha's own words, and the port. */
  public static final List<Directive<?>> DIRECTIVES =
      List.of(SEND, EXPECT, USE_REGEX, SEND_PROGRAM, CHECK_PORT);

  private static final int HTTP_PORT = 80;

  private ImpliedCheck() {}

  /** Whether a block leaves it to its protocol and port. */
  public static boolean isNothingSaid(Values values) {
    return DIRECTIVES.stream().noneMatch(values::isMentioned);
  }

  /** The check of a block whose service has this protocol and this port. */
  public static Check bind(CheckBlock block, Protocol protocol, int port) {
    if (block.values().isMentioned(SEND_PROGRAM)) {
      return program(block);
    }
    return switch (protocol) {
      case TCP -> block.hasText() ? new TcpKind().bind(block) : withoutText(port);
      case UDP ->
          block.hasText()
              ? UdpKind.conversation(block)
              : block.impossible("a udp service is checked by what it answers", UdpKind.ADVICE);
      case SCTP ->
          block.impossible(
              "an sctp service can neither be connected to nor asked by a check",
              "name a program with send_program, or write check = none");
    };
  }

  private static Check withoutText(int port) {
    return port == HTTP_PORT
        ? new Check.SendExpect(Protocol.TCP, "GET / HTTP/1.0\r\n\r\n", new Expect.Prefix("HTTP"))
        : new Check.Connect();
  }

  /** A program is named, and nothing says that it is the check: what Piranha's files had. */
  private static Check program(CheckBlock block) {
    var values = block.values();
    if (values.get(USE_REGEX)) {
      block
          .problems()
          .report(
              ProblemCode.NO_EFFECT,
              values.nameOf(USE_REGEX, block.header()),
              "use_regex has no effect beside send_program",
              "Piranha ignored it as well; write check = script to use it");
    }
    if (values.isMentioned(SEND)) {
      note(
          block,
          ProblemCode.NO_EFFECT,
          SEND,
          "send has no effect beside send_program, which is the check",
          "it was so with Piranha; remove one of them");
    }
    if (values.isMentioned(EXPECT)) {
      note(
          block,
          ProblemCode.PROGRAM_FAILS,
          SEND_PROGRAM,
          "a server counts as down when the program fails or hangs; Piranha took it as up",
          "make sure that the program ends with exit status 0 when the server is well");
    }
    return ScriptKind.program(block, false);
  }

  private static void note(
      CheckBlock block, ProblemCode code, Directive<?> about, String message, String advice) {
    block.problems().note(code, block.values().nameOf(about, block.header()), message, advice);
  }
}
