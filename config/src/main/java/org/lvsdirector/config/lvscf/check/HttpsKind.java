// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config.lvscf.check;

import static org.lvsdirector.config.lvscf.check.CheckDirectives.CHECK_BODY;
import static org.lvsdirector.config.lvscf.check.CheckDirectives.CHECK_HOST;
import static org.lvsdirector.config.lvscf.check.CheckDirectives.CHECK_METHOD;
import static org.lvsdirector.config.lvscf.check.CheckDirectives.CHECK_PATH;
import static org.lvsdirector.config.lvscf.check.CheckDirectives.CHECK_PORT;
import static org.lvsdirector.config.lvscf.check.CheckDirectives.CHECK_STATUS;
import static org.lvsdirector.config.lvscf.check.CheckDirectives.CHECK_TLS_NAME;
import static org.lvsdirector.config.lvscf.check.CheckDirectives.CHECK_TLS_VERIFY;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.CheckSettings.Check;
import org.lvsdirector.config.lvscf.directive.Directive;

/** {@code check = https}: asks for a page over TLS. */
final class HttpsKind extends CheckKind {
  HttpsKind() {
    super(
        "https",
        Status.NOT_YET,
        "the same over TLS",
        "port = 443",
        "check = https",
        "check_path = /health");
  }

  @Override
  public List<Directive<?>> directives() {
    return List.of(
        CHECK_PORT,
        CHECK_PATH,
        CHECK_METHOD,
        CHECK_HOST,
        CHECK_STATUS,
        CHECK_BODY,
        CHECK_TLS_NAME,
        CHECK_TLS_VERIFY);
  }

  @Override
  public Check bind(CheckBlock block) {
    return HttpKind.page(block, TlsKind.tls(block));
  }

  @Override
  @Nullable CheckLines settings(Check check) {
    if (!(check instanceof Check.Http http)) {
      return null;
    }
    var tls = http.tls();
    return tls == null ? null : HttpKind.page(http).with(TlsKind.lines(tls));
  }
}
