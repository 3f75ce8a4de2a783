// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config.lvscf;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.lvscf.syntax.IncludedFiles;
import org.lvsdirector.config.problem.FileText;

/**
 * An lvs.cf and files that it may include, in one text.
 *
 * <p>A line {@code %% NAME} ends a file and begins the next one. Counts what is read, which bounds
 * what reading may cost.
 */
final class FuzzFiles implements IncludedFiles {
  static final String MAIN = "lvs.cf";
  private static final String MARK = "%% ";

  private final Map<String, String> texts = new LinkedHashMap<>();
  private long charsRead;

  FuzzFiles(String text) {
    var name = MAIN;
    var from = 0;
    while (true) {
      var mark = text.startsWith(MARK, from) ? from : text.indexOf("\n" + MARK, from) + 1;
      if (mark == 0 && !text.startsWith(MARK, from)) {
        break;
      }
      texts.putIfAbsent(name, text.substring(from, mark));
      var end = text.indexOf('\n', mark);
      from = end < 0 ? text.length() : end + 1;
      name = text.substring(mark + MARK.length(), end < 0 ? text.length() : end).strip();
    }
    texts.putIfAbsent(name, text.substring(from));
    charsRead = main().length();
  }

  String main() {
    return text(MAIN);
  }

  /** The text of one of the files. */
  String text(String name) {
    var text = texts.get(name);
    if (text == null) {
      throw new AssertionError("a file that is not there: " + name);
    }
    return text;
  }

  /** How many characters were read so far, those of a file that was read twice twice. */
  long charsRead() {
    return charsRead;
  }

  @Override
  public @Nullable List<String> matching(String pattern, String includingFile) {
    if (pattern.startsWith("/")) {
      return null;
    }
    var found = new ArrayList<String>();
    for (var name : texts.keySet()) {
      if (pattern.equals("*") || pattern.equals(name)) {
        found.add(name);
      }
    }
    return found;
  }

  @Override
  public FileText read(String file) {
    var text = text(file);
    charsRead += text.length();
    return new FileText(text, List.of());
  }
}
