// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config.lvscf;

import org.lvsdirector.config.directorconf.DirectorConf;
import org.lvsdirector.config.file.Resource;
import org.lvsdirector.config.lvscf.catalogue.Catalogue;
import org.lvsdirector.config.lvscf.check.CheckKind;
import org.lvsdirector.config.lvscf.directive.Directive;
import org.lvsdirector.config.lvscf.syntax.Scope;

/** Writes the manual pages in mdoc(7), from templates, the catalogue and the default settings. */
final class ManPages {
  private ManPages() {}

  /** lvs.cf(5). */
  static String lvsCf() {
    var page = ExampleFiles.example("docs/lvs.cf.5.template");
    for (var scope : Scope.values()) {
      page = page.replace("{{" + scope.name() + "}}", list(scope));
    }
    return page;
  }

  private static String list(Scope scope) {
    var text = new StringBuilder(".Bl -tag -width Ds\n");
    Catalogue.rows().stream()
        .filter(row -> CatalogueDoc.isListed(row, scope))
        .forEach(row -> item(row, text));
    return text.append(".El").toString();
  }

  private static void item(Directive<?> row, StringBuilder text) {
    text.append(".It Ic ").append(row.word()).append(" No = Ar ");
    text.append(argument(row.type().form())).append('\n');
    text.append(sentence(row.meaning())).append('\n');
    if (!row.presetText().isEmpty()) {
      text.append("Default: ").append(escaped(row.presetText())).append(".\n");
    }
    switch (row.status()) {
      case USED -> {
        if (CheckKind.isLater(row)) {
          text.append("Not in this version: an error.\n");
        }
      }
      case NOT_ACTED_ON -> text.append("Checked, and not acted on in this version.\n");
      case DEAD, IDLE, SILENT -> text.append("Without effect.\n");
      case GUI_ONLY -> text.append("Only Piranha's web page wrote it.\n");
      case OLD_NAME -> text.append("Without effect.\n");
    }
  }

  /** Keeps words of an argument together, and those apart that mdoc would act on. */
  private static String argument(String form) {
    return "\"" + escaped(form).replace("\"", "\\(dq") + "\"";
  }

  private static String sentence(String meaning) {
    var text = escaped(Character.toUpperCase(meaning.charAt(0)) + meaning.substring(1));
    return text.endsWith(".") ? text : text + ".";
  }

  private static String escaped(String text) {
    var escaped = text.replace("\\", "\\e");
    return escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped;
  }

  /** director.conf(5). */
  static String directorConf() {
    return ExampleFiles.example("docs/director.conf.5.template")
        .replace("{{SETTINGS}}", settings());
  }

  /** In the file of defaults each setting has its comment above it, and blank lines between. */
  private static String settings() {
    var text = new StringBuilder(".Bl -tag -width Ds\n");
    for (var part : Resource.text(DirectorConf.class, "director-reference.conf").split("\n\n")) {
      var comment = new StringBuilder();
      for (var line : part.lines().toList()) {
        if (line.startsWith("#")) {
          comment.append(escaped(line.substring(1).strip())).append('\n');
        } else {
          text.append(".It Ic ")
              .append(escaped(line).replace("\"", "\\(dq"))
              .append('\n')
              .append(comment);
        }
      }
    }
    return text.append(".El").toString();
  }
}
