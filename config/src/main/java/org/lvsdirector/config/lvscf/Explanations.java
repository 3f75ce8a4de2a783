// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config.lvscf;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.lvsdirector.config.lvscf.catalogue.Catalogue;
import org.lvsdirector.config.lvscf.check.CheckDirectives;
import org.lvsdirector.config.lvscf.check.CheckKind;
import org.lvsdirector.config.lvscf.directive.Directive;
import org.lvsdirector.config.lvscf.syntax.Scope;
import org.lvsdirector.config.problem.Nearest;
import org.lvsdirector.config.problem.PrintableText;
import org.lvsdirector.config.problem.ProblemCode;

/** What the catalogue and the problem codes say of one word, for a terminal. */
public final class Explanations {
  private Explanations() {}

  /** Every word that there is something to say of: directives, blocks, then codes. */
  public static List<String> topics() {
    var topics = new ArrayList<String>(directives());
    topics.addAll(BlockTopics.words());
    Arrays.stream(ProblemCode.values()).map(ProblemCode::code).forEach(topics::add);
    return topics;
  }

  private static Set<String> directives() {
    var words = new TreeSet<String>();
    Catalogue.rows().forEach(row -> words.add(row.word()));
    return words;
  }

  /** What a directive, a block or a code means, in lines; empty for any other word. */
  public static String of(String word) {
    var text = new StringBuilder(BlockTopics.of(word));
    for (var row : Catalogue.rows()) {
      if (row.word().equals(word)) {
        text.append(text.isEmpty() ? "" : "\n").append(directive(row));
      }
    }
    for (var code : ProblemCode.values()) {
      if (code.code().equals(word.toUpperCase(Locale.ROOT))) {
        var severity = code.severity().word();
        text.append(code.code()).append(" (").append(severity).append("): ");
        text.append(code.description()).append('\n').append(example(code.code()));
      }
    }
    return text.toString();
  }

  private static String example(String code) {
    var example = ProblemExamples.byCode().get(code);
    if (example == null) {
      return "";
    }
    var text = new StringBuilder();
    for (var line : example.lines()) {
      text.append(text.isEmpty() ? "  example  " : "           ").append(line).append('\n');
    }
    return text.append("  mend it  ").append(example.remedy()).append('\n').toString();
  }

  private static String directive(Directive<?> row) {
    var places = row.scopes().stream().map(Scope::where).toList();
    return "%s, %s\n  %s\n  takes    %s\n%s  since    %s\n  status   %s\n"
            .formatted(
                row.word(),
                String.join(" and ", places),
                row.meaning(),
                row.type().form(),
                row.presetText().isEmpty() ? "" : "  default  " + row.presetText() + "\n",
                row.since(),
                CheckKind.statusOf(row))
        + kinds(row);
  }

  private static String kinds(Directive<?> row) {
    return row.equals(CheckDirectives.CHECK)
        ? "  made     %s\n  not yet  %s: an error (%s)\n"
            .formatted(
                CheckKind.madeWords(), CheckKind.laterWords(), ProblemCode.CANNOT_MAKE.code())
        : "";
  }

  /** That there is no such word, and which one might be meant. */
  public static String unknown(String word) {
    return "there is nothing to explain about "
        + PrintableText.quoted(word)
        + "; "
        + Nearest.advice(word, topics(), "docs/lvs.cf.md has all directives");
  }
}
