// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config.lvscf;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lvsdirector.config.file.Resource;

/** For each code of a problem an example, and what to do about it; from a resource. */
final class ProblemExamples {
  private static final String RESOURCE = "problem-examples.txt";

  private ProblemExamples() {}

  /**
   * An example.
   *
   * @param code the code, such as {@code LVS0012}
   * @param where {@code file}, {@code top}, {@code virtual}, {@code server} or {@code conf}; {@code
   *     none} when no few lines show it
   * @param lines what somebody wrote
   * @param remedy what to do, in sentences
   */
  record Example(String code, String where, List<String> lines, String remedy) {}

  /** The examples by their codes. */
  static Map<String, Example> byCode() {
    var examples = new LinkedHashMap<String, Example>();
    var head = "";
    var lines = new ArrayList<String>();
    for (var line : Resource.text(ProblemExamples.class, RESOURCE).lines().toList()) {
      var text = line.length() > 2 ? line.substring(2) : "";
      switch (line.charAt(0)) {
        case '|' -> lines.add(text);
        case '=' -> {
          var words = head.split(" ");
          examples.put(words[0], new Example(words[0], words[1], List.copyOf(lines), text));
          lines.clear();
        }
        default -> head = line;
      }
    }
    return examples;
  }
}
