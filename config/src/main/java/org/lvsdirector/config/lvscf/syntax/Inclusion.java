// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config.lvscf.syntax;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.problem.PrintableText;
import org.lvsdirector.config.problem.Problem;
import org.lvsdirector.config.problem.ProblemCode;
import org.lvsdirector.config.problem.Problems;

/**
 * Reads a file's lines, and those of the files that it includes where it includes them.
 *
 * <p>Depth, number and total length of the files are bounded, so that reading ends.
 */
public final class Inclusion {
  static final int MAX_DEPTH = 8;
  public static final int MAX_FILES = 1000;
  static final int MAX_CHARS = 16 << 20;
  private static final String WORD = "include";

  private final IncludedFiles files;
  private final Problems problems;
  private final Deque<String> reading = new ArrayDeque<>();
  private int filesRead;
  private long charsRead;

  /** What is done with the lines. */
  interface LineSink {
    /** A line that is not an include, with at least one word; the list is not to be kept. */
    void line(List<Token> words, boolean isBroken);

    /** A file begins or ends; the main file does not count. */
    void file(boolean isBeginning);
  }

  Inclusion(IncludedFiles files, Problems problems) {
    this.files = files;
    this.problems = problems;
  }

  void read(String file, String text, LineSink sink) {
    reading.push(files.identity(file));
    charsRead += text.length();
    var lines = new Lines(file, text, problems);
    var lexer = new Lexer(problems);
    for (var line = lines.next(); line != null; line = lines.next()) {
      var words = lexer.words(line);
      if (words.isEmpty()) {
        continue;
      }
      if (!isInclude(words)) {
        sink.line(words, lexer.isBroken());
      } else if (!lexer.isBroken()) {
        include(words, sink);
      }
    }
    reading.pop();
  }

  private static boolean isGlob(String pattern) {
    return pattern.chars().anyMatch(c -> "*?[{".indexOf(c) >= 0);
  }

  private static boolean isInclude(List<Token> words) {
    return words.getFirst().is(WORD);
  }

  private void include(List<Token> tokens, LineSink sink) {
    var first = tokens.size() > 1 && tokens.get(1).is("=") ? 2 : 1;
    if (tokens.size() != first + 1) {
      var isMissing = tokens.size() <= first;
      problems.report(
          isMissing ? ProblemCode.MISSING_VALUE : ProblemCode.UNEXPECTED_WORDS,
          tokens.get(isMissing ? 0 : first + 1),
          isMissing ? "no file is named" : "include takes one pattern",
          "write include FILE, such as include lvs.d/*.cf; put it in quotes if it has blanks");
      return;
    }
    var pattern = tokens.get(first);
    var names = files.matching(pattern.text(), pattern.line().file());
    if (names == null) {
      refuse(pattern, PrintableText.quoted(pattern.text()) + " is no pattern of files here");
    } else if (names.isEmpty() && !isGlob(pattern.text())) {
      refuse(pattern, "there is no file " + PrintableText.quoted(pattern.text()));
    } else if (names.isEmpty()) {
      problems.report(
          ProblemCode.INCLUDE_EMPTY,
          pattern,
          "no file matches " + PrintableText.quoted(pattern.text()),
          "a pattern is relative to the folder of this file");
    } else {
      names.forEach(name -> include(name, pattern, sink));
    }
  }

  private void include(String name, Token pattern, LineSink sink) {
    var complaint = complaint(name);
    if (complaint != null) {
      refuse(pattern, complaint);
      return;
    }
    filesRead++;
    var content = files.read(name);
    content.problems().forEach(problem -> tell(problem, name, pattern));
    var text = content.text();
    if (text == null) {
      return;
    }
    if (charsRead + text.length() > MAX_CHARS) {
      refuse(
          pattern,
          "with " + PrintableText.quoted(name) + " all files together have more than 16 MiB");
      return;
    }
    sink.file(true);
    read(name, text, sink);
    sink.file(false);
  }

  /** What concerns the whole file is told where it is included. */
  private void tell(Problem problem, String name, Token pattern) {
    if (problem.at().line() > 0) {
      problems.add(problem);
    } else {
      problems.report(
          ProblemCode.INCLUDE,
          pattern,
          PrintableText.quoted(name) + ": " + problem.message(),
          problem.advice());
    }
  }

  private @Nullable String complaint(String name) {
    if (reading.contains(files.identity(name))) {
      return PrintableText.quoted(name) + " would include itself";
    }
    if (reading.size() > MAX_DEPTH) {
      return "more than " + MAX_DEPTH + " files include each other";
    }
    return filesRead >= MAX_FILES ? "more than " + MAX_FILES + " files are included" : null;
  }

  private void refuse(Token pattern, String message) {
    problems.report(
        ProblemCode.INCLUDE, pattern, message, "name a file, or a pattern such as lvs.d/*.cf");
  }
}
