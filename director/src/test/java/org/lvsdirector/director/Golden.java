// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files that a test compares with what the program makes. */
public final class Golden {
  private Golden() {}

  /** The text of a file of the tests' resources. */
  public static String text(String name) throws IOException {
    return Files.readString(Path.of("src/test/resources/golden").resolve(name));
  }

  /** A page of docs/ is what the program makes; {@code -Dupdate.docs=true} writes it. */
  public static void checkPage(String name, String expected, String test) throws IOException {
    var file = Path.of("../docs").resolve(name);
    if (Boolean.getBoolean("update.docs")) {
      Files.writeString(file, expected);
    }
    assertThat(Files.exists(file) ? Files.readString(file) : "")
        .as("stale; run: mvn test -pl director -am -Dtest=" + test + " -Dupdate.docs=true")
        .isEqualTo(expected);
  }
}
