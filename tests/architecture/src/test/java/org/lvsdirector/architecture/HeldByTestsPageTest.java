// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page that names the tests which hold what is promised names tests that exist. */
class HeldByTestsPageTest {
  private static final Path HOME = Path.of("../..");
  private static final Pattern NAME = Pattern.compile("`([A-Z]\\w*)\\.([a-z]\\w*)`");

  @Test
  void everyTestOfThePageExists() throws IOException {
    var sources = testSources();
    var missing = new TreeSet<String>();
    var found = NAME.matcher(Files.readString(HOME.resolve("docs/held-by-tests.md")));
    var names = 0;
    while (found.find()) {
      if (found.group().equals("`Class.method`")) {
        continue;
      }
      names++;
      var source = sources.getOrDefault(found.group(1) + ".java", "");
      if (!source.contains(" " + found.group(2) + "(")) {
        missing.add(found.group());
      }
    }
    assertThat(names).isPositive();
    assertThat(missing).isEmpty();
  }

  private static Map<String, String> testSources() throws IOException {
    var sources = new HashMap<String, String>();
    try (var files = Files.walk(HOME)) {
      files
          .filter(file -> file.toString().matches(".*/src/test/java/.*(Test|IT|Contract)\\.java"))
          .forEach(file -> sources.put(file.getFileName().toString(), text(file)));
    }
    return sources;
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
