// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.nanny;

import java.util.regex.PatternSyntaxException;
import org.lvsdirector.config.CheckSettings;
import org.lvsdirector.config.CheckSettings.Check;
import org.lvsdirector.config.CheckSettings.Expect;
import org.lvsdirector.config.Endpoint;

/**
 * Checks servers over sockets that block a virtual thread, or by programs. One deadline holds for
 * the whole check. No descriptor outlives its check.
 */
final class SocketChecker implements Checker {
  private final CheckDeadline watchdog = new CheckDeadline();

  @Override
  public CheckResult check(Endpoint real, CheckSettings settings) throws InterruptedException {
    var server = settings.port() == 0 ? real : new Endpoint(real.address(), settings.port());
    return switch (settings.check()) {
      case Check.None _ -> new CheckResult.Good("not checked", 0);
      case Check.Connect _ ->
          TcpCheck.run(attempt(server, settings, "", new Expectation(new Expect.Nothing())));
      case Check.SendExpect sendExpect -> sendExpect(server, settings, sendExpect);
      case Check.Script script -> script(server, settings, script);
      case Check.Http _, Check.Handshake _, Check.Smtp _, Check.Dns _, Check.Ping _ ->
          new CheckResult.Bad("this version cannot make such a check", 0);
    };
  }

  private CheckResult sendExpect(Endpoint server, CheckSettings settings, Check.SendExpect check)
      throws InterruptedException {
    Expectation expectation;
    try {
      expectation = new Expectation(check.expect());
    } catch (PatternSyntaxException e) {
      return new CheckResult.Bad("not a regular expression: " + e.getDescription(), 0);
    }
    var attempt = attempt(server, settings, check.send(), expectation);
    return switch (check.protocol()) {
      case TCP -> TcpCheck.run(attempt);
      case UDP -> UdpCheck.run(attempt);
      case SCTP -> new CheckResult.Bad("SCTP servers cannot be asked", 0);
    };
  }

  private static CheckResult script(Endpoint server, CheckSettings settings, Check.Script script)
      throws InterruptedException {
    try {
      return ScriptCheck.run(script, server, settings.timeout(), new Expectation(script.expect()));
    } catch (PatternSyntaxException e) {
      return new CheckResult.Bad("not a regular expression: " + e.getDescription(), 0);
    }
  }

  private Attempt attempt(
      Endpoint server, CheckSettings settings, String send, Expectation expectation) {
    return new Attempt(watchdog, server, send, expectation, settings.timeout());
  }

  @Override
  public void close() {
    watchdog.close();
  }
}
