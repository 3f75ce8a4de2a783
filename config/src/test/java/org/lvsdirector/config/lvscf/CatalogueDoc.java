// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config.lvscf;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.lvsdirector.config.lvscf.catalogue.Catalogue;
import org.lvsdirector.config.lvscf.check.CheckKind;
import org.lvsdirector.config.lvscf.directive.Directive;
import org.lvsdirector.config.lvscf.syntax.Scope;
import org.lvsdirector.config.problem.ProblemCode;

/** Writes the reference pages in Markdown, from templates, the catalogue and the problem codes. */
final class CatalogueDoc {
  private CatalogueDoc() {}

  /** The page on lvs.cf. */
  static String lvsCf() {
    var page = ExampleFiles.example("docs/lvs.cf.md.template").replace("{{CHECKS}}", checks());
    for (var scope : Scope.values()) {
      page = page.replace("{{" + scope.name() + "}}", table(scope));
    }
    return page;
  }

  private static String table(Scope scope) {
    var text = new StringBuilder();
    if (scope == Scope.FAILOVER) {
      text.append("Failover blocks take those directives of virtual blocks that Piranha had,");
      text.append(" and these:\n\n");
    }
    text.append("| directive | value | default | since | status | meaning |\n");
    text.append("|---|---|---|---|---|---|\n");
    Catalogue.rows().stream()
        .filter(row -> isListed(row, scope))
        .map(CatalogueDoc::line)
        .forEach(text::append);
    return text.toString().stripTrailing();
  }

  /**
   * Whether a directive is told with a kind of block; failover blocks do not repeat virtual ones.
   */
  static boolean isListed(Directive<?> row, Scope scope) {
    var isRepeated = scope == Scope.FAILOVER && row.scopes().contains(Scope.VIRTUAL);
    return row.scopes().contains(scope) && !isRepeated;
  }

  private static String line(Directive<?> row) {
    return "| `%s` | %s | %s | %s | %s | %s |\n"
        .formatted(
            row.word(),
            row.type().form(),
            row.presetText(),
            row.since(),
            CheckKind.statusOf(row),
            row.meaning());
  }

  private static String checks() {
    var text = new StringBuilder("| check | a server is good when | its settings | for example |");
    text.append(" in this version |\n|---|---|---|---|---|\n");
    for (var kind : CheckKind.all()) {
      var words = kind.directives().stream().map(Directive::word).toList();
      var status = kind.isRun() ? "made" : "not part of it: an error (LVS0136)";
      text.append(
          "| `%s` | %s | %s | %s | %s |\n"
              .formatted(
                  kind.word(),
                  kind.summary(),
                  code(words, ", "),
                  code(kind.example(), "<br>"),
                  status));
    }
    return text.toString().stripTrailing();
  }

  private static String code(List<String> all, String separator) {
    return all.stream().map(one -> "`" + one + "`").collect(Collectors.joining(separator));
  }

  /** The page on problem codes. */
  static String problemCodes() {
    var codes =
        Arrays.stream(ProblemCode.values())
            .map(
                code ->
                    "| %s | %s | %s |\n"
                        .formatted(code.code(), code.severity().word(), code.description()))
            .collect(Collectors.joining());
    return """
    # Problems

    What may be told of lvs.cf and director.conf. A file with an error is not used; a warning
    leaves it usable. A note is no problem: nothing in the file need be mended, and there is
    something to know of it; it never fails a check, not even a strict one. The codes are stable.
    Those up to LVS0016 carry the numbers of Piranha's parser.

    | code | severity | meaning |
    |---|---|---|
    """
        + codes;
  }
}
