// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config.lvscf.syntax;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.lvscf.syntax.Node.Block;
import org.lvsdirector.config.problem.Nearest;
import org.lvsdirector.config.problem.PrintableText;
import org.lvsdirector.config.problem.ProblemCode;
import org.lvsdirector.config.problem.Problems;

/**
 * Builds the syntax tree, line by line.
 *
 * <p>After a mistake it goes on with the next line and keeps whatever the line most probably meant,
 * so that one mistake is told once.
 */
public final class Syntax implements Inclusion.LineSink {
  private final Problems problems;
  private final Predicate<String> isDirective;
  private final StatementLine statements;
  private final Deque<Open> open = new ArrayDeque<>();
  private final Open root = new Open(Scope.GLOBAL, "", Token.NOWHERE, false);
  private final Deque<Integer> depthOfFile = new ArrayDeque<>(List.of(1));
  private boolean mayOpenOnNextLine;

  /** How many blocks are open, one in the other, of which nothing is read; 0 for none. */
  private int unknownDepth;

  /** How many of them were open where each file begins, which cannot close them. */
  private final Deque<Integer> unknownAtFile = new ArrayDeque<>(List.of(0));

  private int forgivenBraces;

  /** A block whose closing brace is still to come. */
  private record Open(
      Scope scope, String name, Token header, boolean isBroken, List<Node> children) {
    Open(Scope scope, String name, Token header, boolean isBroken) {
      this(scope, name, header, isBroken, new ArrayList<>());
    }

    Block close(boolean isCutOff) {
      return new Block(scope, name, header, isBroken || isCutOff, children);
    }
  }

  private Syntax(Problems problems, Predicate<String> isDirective) {
    this.problems = problems;
    this.isDirective = isDirective;
    statements = new StatementLine(problems, isDirective);
    open.push(root);
  }

  /**
   * Builds the tree of a file and of those that it includes.
   *
   * @param isDirective whether a name is a directive of any block
   */
  public static Block parse(Source source, Predicate<String> isDirective, Problems problems) {
    var syntax = new Syntax(problems, isDirective);
    new Inclusion(source.includes(), problems).read(source.file(), source.text(), syntax);
    syntax.closeDownTo(1);
    return syntax.root.close(false);
  }

  /** An included file may hold whole blocks, and closes what it opens. */
  @Override
  public void file(boolean isBeginning) {
    mayOpenOnNextLine = false;
    if (isBeginning) {
      depthOfFile.push(open.size());
      unknownAtFile.push(unknownDepth);
    } else {
      unknownDepth = unknownAtFile.pop();
      closeDownTo(depthOfFile.pop());
    }
  }

  private void closeDownTo(int depth) {
    while (open.size() > depth) {
      var block = open.peekFirst();
      if (block != null && !block.isBroken()) {
        problems.report(
            ProblemCode.UNEXPECTED_END,
            block.header(),
            "the block is not closed before the end of the file",
            "add a line with } at its end; is the file complete?");
      }
      closeInnermost(true);
    }
  }

  @Override
  public void line(List<Token> words, boolean isBroken) {
    var first = words.getFirst();
    if (unknownDepth > 0) {
      var change = first.is("}") ? -1 : words.getLast().is("{") ? 1 : 0;
      unknownDepth = Math.max(unknownAtFile.element(), unknownDepth + change);
      return;
    }
    var mayOpen = mayOpenOnNextLine;
    mayOpenOnNextLine = false;
    if (first.is("}")) {
      closingBrace(words);
    } else if (first.is("{")) {
      if (!mayOpen || words.size() > 1) {
        problems.report(
            ProblemCode.STRAY_BRACE,
            first,
            "this brace opens nothing",
            "a block begins with 'virtual NAME {' or 'server NAME {' on one line");
      }
    } else {
      headerOrStatement(words, isBroken);
    }
  }

  private void headerOrStatement(List<Token> words, boolean isBroken) {
    var scope = blockOf(words);
    if (scope != null) {
      header(scope, words, isBroken);
    } else if (isUnknownHeader(words)) {
      unknownHeader(words);
    } else {
      current().children().add(statements.read(words, isBroken));
    }
  }

  private boolean isUnknownHeader(List<Token> words) {
    var first = words.getFirst();
    return words.size() > 1
        && words.getLast().is("{")
        && !isAssignment(words)
        && !first.isQuoted()
        && !isDirective.test(first.text());
  }

  /** Opens the block that was probably meant, or else leaves out all that is in the block. */
  private void unknownHeader(List<Token> words) {
    var first = words.getFirst();
    var nearest = Nearest.word(first.text(), Scope.words());
    problems.report(
        ProblemCode.UNKNOWN_DIRECTIVE,
        first,
        "unknown block " + PrintableText.quoted(first.text()),
        nearest == null
            ? "blocks are " + String.join(", ", Scope.words()) + "; what is in it is not looked at"
            : "did you mean '" + nearest + " NAME {'?");
    var scope = nearest == null ? null : Scope.opening(nearest);
    if (scope == null) {
      unknownDepth = 1;
      return;
    }
    makeRoom(scope, first);
    open.push(new Open(scope, words.size() == 3 ? words.get(1).text() : "", first, true));
  }

  private void closingBrace(List<Token> words) {
    if (open.size() > outermost()) {
      closeInnermost(false);
      tellOfTextAfter(words);
    } else if (forgivenBraces > 0) {
      forgivenBraces--;
    } else {
      problems.report(
          ProblemCode.STRAY_BRACE,
          words.getFirst(),
          "this brace closes nothing",
          "remove it, or look for a block header that is missing above");
    }
  }

  private void tellOfTextAfter(List<Token> words) {
    if (words.size() > 1) {
      problems.report(
          ProblemCode.TEXT_AFTER_BRACE,
          words.get(1),
          "the text after } is ignored",
          "put it on a line of its own, or write # before it");
    }
  }

  private void closeInnermost(boolean isCutOff) {
    var block = open.pop().close(isCutOff);
    current().children().add(block);
  }

  /** How many blocks stay open whatever the present file says. */
  private int outermost() {
    var depth = depthOfFile.peekFirst();
    return depth == null ? 1 : depth;
  }

  private Open current() {
    var innermost = open.peekFirst();
    return innermost == null ? root : innermost;
  }

  private static @Nullable Scope blockOf(List<Token> words) {
    var first = words.getFirst();
    if (first.isQuoted() || words.size() > 1 && isAssignment(words)) {
      return null;
    }
    var word = first.text();
    return Scope.opening(word.endsWith("{") ? word.substring(0, word.length() - 1) : word);
  }

  /** A block may be called {@code =x}, but a line that does not end as a header is a statement. */
  private static boolean isAssignment(List<Token> words) {
    var second = words.get(1);
    var isHeader = words.size() == 3 && words.get(2).is("{");
    return second.is("=") || !isHeader && !second.isQuoted() && second.text().startsWith("=");
  }

  private void header(Scope scope, List<Token> words, boolean isBroken) {
    var header = BlockHeader.read(scope, words, isBroken, problems);
    makeRoom(scope, words.getFirst());
    open.push(new Open(scope, header.name(), header.at(), header.isBroken()));
    mayOpenOnNextLine = header.isBraceMissing();
    if (header.isClosed()) {
      closeInnermost(true);
    }
  }

  /**
   * Tells of a block in the wrong place; leaves blocks whose closing brace was probably forgotten.
   */
  private void makeRoom(Scope scope, Token at) {
    if (scope.parents().contains(current().scope())) {
      return;
    }
    var isTop = current().scope() == Scope.GLOBAL;
    problems.report(
        ProblemCode.WRONG_SCOPE,
        at,
        "a '" + scope.word() + "' block cannot be " + current().scope().where(),
        isTop
            ? "put it into a virtual block"
            : current().name().isEmpty()
                ? "is a } missing above?"
                : "is the } of " + PrintableText.quoted(current().name()) + " missing above?");
    while (open.size() > outermost() && !scope.parents().contains(current().scope())) {
      closeInnermost(true);
      forgivenBraces++;
    }
  }
}
