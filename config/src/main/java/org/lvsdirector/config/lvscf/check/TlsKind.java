// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config.lvscf.check;

import static org.lvsdirector.config.lvscf.check.CheckDirectives.CHECK_HOST;
import static org.lvsdirector.config.lvscf.check.CheckDirectives.CHECK_PORT;
import static org.lvsdirector.config.lvscf.check.CheckDirectives.CHECK_TLS_NAME;
import static org.lvsdirector.config.lvscf.check.CheckDirectives.CHECK_TLS_VERIFY;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.CheckSettings.Check;
import org.lvsdirector.config.CheckSettings.Tls;
import org.lvsdirector.config.lvscf.directive.Directive;
import org.lvsdirector.config.problem.ProblemCode;

/** {@code check = tls}: makes a TLS handshake and says nothing. */
final class TlsKind extends CheckKind {
  TlsKind() {
    super(
        "tls",
        Status.NOT_YET,
        "the TLS handshake succeeds",
        "port = 636",
        "check = tls",
        "check_tls_name = ldap.example.com");
  }

  @Override
  public List<Directive<?>> directives() {
    return List.of(CHECK_PORT, CHECK_TLS_NAME, CHECK_TLS_VERIFY);
  }

  @Override
  public Check bind(CheckBlock block) {
    return new Check.Handshake(tls(block));
  }

  /** How a block wants to encrypt; without a name of its own it is that of the Host header. */
  static Tls tls(CheckBlock block) {
    var name = block.values().given(CHECK_TLS_NAME);
    if (name == null) {
      name = block.values().given(CHECK_HOST);
    }
    var isVerified = block.get(CHECK_TLS_VERIFY);
    if (isVerified && name == null) {
      block.report(
          ProblemCode.REQUIRED,
          CHECK_TLS_VERIFY,
          "a certificate is verified for a name, and none is given",
          "add check_tls_name = NAME");
    }
    return new Tls(name, isVerified);
  }

  @Override
  @Nullable CheckLines settings(Check check) {
    return check instanceof Check.Handshake(var tls) ? lines(tls) : null;
  }

  static CheckLines lines(Tls tls) {
    return new CheckLines()
        .given(CHECK_TLS_NAME, tls.serverName())
        .with(CHECK_TLS_VERIFY, tls.isVerified());
  }
}
