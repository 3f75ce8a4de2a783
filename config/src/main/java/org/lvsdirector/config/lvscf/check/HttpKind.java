// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config.lvscf.check;

import static org.lvsdirector.config.lvscf.check.CheckDirectives.CHECK_BODY;
import static org.lvsdirector.config.lvscf.check.CheckDirectives.CHECK_HOST;
import static org.lvsdirector.config.lvscf.check.CheckDirectives.CHECK_METHOD;
import static org.lvsdirector.config.lvscf.check.CheckDirectives.CHECK_PATH;
import static org.lvsdirector.config.lvscf.check.CheckDirectives.CHECK_PORT;
import static org.lvsdirector.config.lvscf.check.CheckDirectives.CHECK_STATUS;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.CheckSettings.Check;
import org.lvsdirector.config.CheckSettings.Tls;
import org.lvsdirector.config.lvscf.directive.Directive;
import org.lvsdirector.config.lvscf.directive.NumberTypes.StatusRange;
import org.lvsdirector.config.problem.ProblemCode;

/** {@code check = http}: asks for a page. */
final class HttpKind extends CheckKind {
  HttpKind() {
    super(
        "http",
        Status.NOT_YET,
        "the page comes with such a status, and has the text",
        "check = http",
        "check_path = /health");
  }

  @Override
  public List<Directive<?>> directives() {
    return List.of(CHECK_PORT, CHECK_PATH, CHECK_METHOD, CHECK_HOST, CHECK_STATUS, CHECK_BODY);
  }

  @Override
  public Check bind(CheckBlock block) {
    return page(block, null);
  }

  /**
   * The check of a page.
   *
   * @param tls how to encrypt; null for plain HTTP
   */
  static Check page(CheckBlock block, @Nullable Tls tls) {
    var status = block.get(CHECK_STATUS);
    var body = block.decoded(CHECK_BODY, false);
    if (!body.isEmpty() && block.get(CHECK_METHOD).equals("HEAD")) {
      block.report(
          ProblemCode.CANNOT_CHECK,
          CHECK_BODY,
          "the answer to a HEAD request has no body",
          "write check_method = get, or remove check_body");
    }
    return new Check.Http(
        block.get(CHECK_METHOD),
        block.get(CHECK_PATH),
        block.values().given(CHECK_HOST),
        status.lowest(),
        status.highest(),
        body,
        tls);
  }

  @Override
  @Nullable CheckLines settings(Check check) {
    return check instanceof Check.Http http && http.tls() == null ? page(http) : null;
  }

  /** What lvs.cf says of the page itself. */
  static CheckLines page(Check.Http http) {
    return new CheckLines()
        .with(CHECK_METHOD, http.method())
        .with(CHECK_PATH, http.path())
        .given(CHECK_HOST, http.host())
        .with(CHECK_STATUS, new StatusRange(http.lowestStatus(), http.highestStatus()))
        .bytes(CHECK_BODY, http.body());
  }
}
