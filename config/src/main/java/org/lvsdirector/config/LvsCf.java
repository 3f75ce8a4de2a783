package org.lvsdirector.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads lvs.cf.
 *
 * <p>Reading is total: it ends on every input, never throws, and takes memory in proportion to the
 * text. Lines go through {@code Lexer} and {@code Syntax} into a tree, the tree through {@code
 * Catalogue} into typed values, the values through the binders into records, and {@code WholeFile}
 * looks at them all together.
 */
public final class LvsCf {

  /**
   * What came of reading.
   *
   * @param config the configuration; null if and only if one of the problems is an error
   * @param problems everything that is wrong or odd, in the order of the file
   */
  public record Parsed(@Nullable Config config, List<Problem> problems) {
    public Parsed {
      problems = List.copyOf(problems);
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
    var read = read(new Source(file, text, names, IncludedFiles.NONE));
    return new Parsed(read.config(), read.problems());
  }

  /** What is read, and what may be looked up for it. */
  record Source(String file, String text, NameResolver names, IncludedFiles includes) {}

  /** What came of reading, with where each value is from. */
  record Read(@Nullable Config config, List<Problem> problems, @Nullable Origins origins) {}

  static Read read(Source source) {
    var problems = new Problems(source.file());
    var root = Syntax.parse(source.file(), source.text(), source.includes(), problems);
    if (root.children().isEmpty()) {
      if (!problems.hasError()) {
        problems.report(
            ProblemCode.EMPTY,
            "the file holds no statement",
            "it needs at least primary and a virtual block");
      }
      return new Read(null, problems.inOrder(), null);
    }
    var binder = new Binder(problems, source.names());
    var config = binder.bind(root);
    return new Read(problems.hasError() ? null : config, problems.inOrder(), binder.origins());
  }
}
