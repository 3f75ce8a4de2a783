// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config.lvscf.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.lvsdirector.config.lvscf.syntax.Node.Statement;
import org.lvsdirector.config.problem.PrintableText;
import org.lvsdirector.config.problem.ProblemCode;
import org.lvsdirector.config.problem.Problems;

/** Reads lines {@code name = value...}, one after the other. */
final class StatementLine {
  private final Problems problems;
  private final Predicate<String> isDirective;
  private List<Token> words = List.of();

  StatementLine(Problems problems, Predicate<String> isDirective) {
    this.problems = problems;
    this.isDirective = isDirective;
  }

  /** The statement that a line is, or the one it most probably means. */
  Statement read(List<Token> line, boolean isBroken) {
    words = line;
    var name = words.getFirst();
    var glued = name.isQuoted() ? -1 : name.text().indexOf('=');
    if (glued > 0) {
      return gluedName(name, glued, isBroken);
    }
    if (words.size() > 1 && words.get(1).is("=")) {
      return withValues(name, wordsFrom(2), isBroken);
    }
    return withoutEqual(name, isBroken);
  }

  private List<Token> wordsFrom(int first) {
    return words.size() == first + 1
        ? List.of(words.get(first))
        : List.copyOf(words.subList(first, words.size()));
  }

  private Statement withValues(Token name, List<Token> values, boolean isBroken) {
    if (values.isEmpty() && !isBroken && isDirective.test(name.text())) {
      problems.report(
          ProblemCode.MISSING_VALUE,
          name,
          PrintableText.quoted(name.text()) + " has no value",
          "write the value after the =, or remove the line for the default");
    }
    return new Statement(name, values, isBroken || values.isEmpty());
  }

  private Statement gluedName(Token name, int equal, boolean isBroken) {
    var word = name.part(0, equal);
    tellOfEqual(word, name, "put blanks around the =");
    var text = name.text();
    var values = new ArrayList<>(words.subList(1, words.size()));
    if (equal + 1 < text.length()) {
      values.addFirst(name.part(equal + 1, text.length()));
    }
    return new Statement(word, List.copyOf(values), isBroken || values.isEmpty());
  }

  private Statement withoutEqual(Token name, boolean isBroken) {
    if (words.size() == 1) {
      tellOfEqual(name, name, "write " + name.text() + " = VALUE");
      return new Statement(name, List.of(), true);
    }
    var second = words.get(1);
    var text = second.text();
    if (!second.isQuoted() && text.startsWith("=") && !text.startsWith("==")) {
      tellOfEqual(name, second, "put blanks around the =");
      return new Statement(name, List.of(second.part(1, text.length())), isBroken);
    }
    tellOfEqual(name, second, "write " + name.text() + " = VALUE");
    var isSign = text.equals(":") || text.equals("==") || text.equals(":=");
    var values = wordsFrom(isSign ? 2 : 1);
    return new Statement(name, values, isBroken || values.isEmpty());
  }

  /** An unknown name is told when the names are looked up; this would only repeat it. */
  private void tellOfEqual(Token name, Token at, String advice) {
    if (isDirective.test(name.text())) {
      problems.report(
          ProblemCode.EQUAL_EXPECTED,
          at,
          "expected an = of its own after " + PrintableText.quoted(name.text()),
          advice);
    }
  }
}
