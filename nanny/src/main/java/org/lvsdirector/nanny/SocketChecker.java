// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.nanny;

import java.util.regex.PatternSyntaxException;
import org.lvsdirector.config.CheckSettings;
import org.lvsdirector.config.CheckSettings.Check;
import org.lvsdirector.config.CheckSettings.Expect;
import org.lvsdirector.config.Endpoint;
import org.lvsdirector.config.Protocol;

/**
 * Checks servers over sockets that block a virtual thread, or by programs. One deadline holds for
 * the whole check. No descriptor outlives its check for long.
 */
final class SocketChecker implements Checker {
  private final CheckDeadline deadline = new CheckDeadline();
  private final Farewell farewell = new Farewell(deadline);
  private final CheckPrograms programs = new CheckPrograms();

  @Override
  public CheckResult check(Endpoint real, CheckSettings settings) throws InterruptedException {
    var server = settings.port() == 0 ? real : new Endpoint(real.address(), settings.port());
    try {
      return run(server, settings);
    } catch (PatternSyntaxException e) {
      return new CheckResult.Bad("not a regular expression: " + e.getDescription(), 0);
    }
  }

  /** Each kind of check has its arm here. */
  private CheckResult run(Endpoint server, CheckSettings settings) throws InterruptedException {
    return switch (settings.check()) {
      case Check.None _ -> new CheckResult.Good("not checked", 0);
      case Check.Connect _ -> TcpCheck.run(attempt(server, settings, "", new Expect.Nothing()));
      case Check.SendExpect(var protocol, var send, var expect) ->
          converse(protocol, attempt(server, settings, send, expect));
      case Check.Script(var command, var expect) ->
          ScriptCheck.run(programs, command, server, settings.timeout(), new Expectation(expect));
      case Check.Http _, Check.Handshake _, Check.Smtp _, Check.Dns _, Check.Ping _ ->
          new CheckResult.Bad("this version cannot make such a check", 0);
    };
  }

  private static CheckResult converse(Protocol protocol, Attempt attempt)
      throws InterruptedException {
    return switch (protocol) {
      case TCP -> TcpCheck.run(attempt);
      case UDP -> UdpCheck.run(attempt);
      case SCTP -> new CheckResult.Bad("SCTP servers cannot be asked", 0);
    };
  }

  private Attempt attempt(Endpoint server, CheckSettings settings, String send, Expect expect) {
    var ending = new Attempt.Ending(deadline, farewell, settings.timeout());
    return new Attempt(ending, server, send, new Expectation(expect));
  }

  @Override
  public void close() {
    farewell.close();
    deadline.close();
    programs.close();
  }
}
