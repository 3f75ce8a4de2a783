// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config.lvscf;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.Config;
import org.lvsdirector.config.lvscf.binding.Binder;
import org.lvsdirector.config.lvscf.binding.Origins;
import org.lvsdirector.config.lvscf.catalogue.Catalogue;
import org.lvsdirector.config.lvscf.syntax.IncludedFiles;
import org.lvsdirector.config.lvscf.syntax.Source;
import org.lvsdirector.config.lvscf.syntax.Syntax;
import org.lvsdirector.config.names.NameResolver;
import org.lvsdirector.config.problem.Problem;
import org.lvsdirector.config.problem.Problem.Severity;
import org.lvsdirector.config.problem.ProblemCode;
import org.lvsdirector.config.problem.Problems;

/**
 * Reads lvs.cf.
 *
 * <p>Reading is total: it ends on every input, never throws, and takes memory in proportion to the
 * text. Lines go through {@code Lexer} and {@code Syntax} into a tree, the tree through {@code
 * Catalogue} into typed values, the values through the binders into records, and {@code
 * CrossBlockRules} looks at them all together.
 */
public final class LvsCf {

  /**
   * What came of reading.
   *
   * @param config the configuration; null if and only if one of the problems is an error
   * @param problems everything that is wrong or odd, in the order of the file; no notes
   * @param notes what is to be known of a file that may well be right: {@link Severity#NOTE}
   */
  public record Parsed(@Nullable Config config, List<Problem> problems, List<Problem> notes) {
    public Parsed {
      problems = List.copyOf(problems);
      notes = List.copyOf(notes);
    }

    Parsed withDigest() {
      return config == null ? this : new Parsed(LvsCfPrinter.withDigest(config), problems, notes);
    }

    /** What to tell of the file. */
    public Verdict verdict() {
      return new Verdict(config != null, problems, notes);
    }
  }

  /**
   * What to tell of a file.
   *
   * @param isUsable whether a daemon would take it: none of the problems is an error
   * @param problems everything that is wrong or odd, in the order of the file; no notes
   * @param notes what is to be known of a file that may well be right: {@link Severity#NOTE}
   */
  public record Verdict(boolean isUsable, List<Problem> problems, List<Problem> notes) {
    public Verdict {
      problems = List.copyOf(problems);
      notes = List.copyOf(notes);
    }
  }

  private LvsCf() {}

  /** Reads the text of a file that is called {@code lvs.cf}. */
  public static Parsed parse(String text) {
    return parse("lvs.cf", text);
  }

  /**
   * Reads the text of a file.
   *
   * @param file its name, for messages
   */
  public static Parsed parse(String file, String text) {
    return parse(file, text, NameResolver.LITERALS_ONLY);
  }

  /**
   * Reads the text of a file.
   *
   * @param file its name, for messages
   * @param names looks up host and service names
   */
  public static Parsed parse(String file, String text, NameResolver names) {
    return read(new Source(file, text, IncludedFiles.NONE), names).parsed().withDigest();
  }

  /**
   * What came of reading, with where each value is from. The configuration has no digest yet: that
   * takes as long as reading, and not everybody needs it.
   */
  record Read(Parsed parsed, @Nullable Origins origins) {}

  static Read read(Source source, NameResolver names) {
    return read(source, names, List.of());
  }

  /** Likewise, of a text with which something was wrong already. */
  static Read read(Source source, NameResolver names, List<Problem> before) {
    var problems = new Problems(source.file());
    before.forEach(problems::add);
    var root = Syntax.parse(source, Catalogue::isKnown, problems);
    if (root.children().isEmpty()) {
      if (!problems.hasError()) {
        problems.report(
            ProblemCode.EMPTY,
            "the file holds no statement",
            "it needs at least primary and a virtual block");
      }
      return new Read(parsed(null, problems), null);
    }
    var binder = new Binder(problems, names);
    var config = binder.bind(root);
    return new Read(parsed(config, problems), binder.origins());
  }

  private static Parsed parsed(@Nullable Config config, Problems problems) {
    return new Parsed(
        problems.hasError() ? null : config, problems.inOrder(), problems.notesInOrder());
  }
}
