// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Text files that a test compares with, or writes when run with {@code -Dupdate.golden=true}. */
final class Golden {

  private static final String HOW = "mvn test -pl tests/simulation -am -Dupdate.golden=true";

  private Golden() {}

  static void check(Path file, String text) throws IOException {
    if (Boolean.getBoolean("update.golden")) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    }
    assertThat(text).as("%s, written anew by: %s", file, HOW).isEqualTo(Files.readString(file));
  }

  static Path transcript(String name) {
    return Path.of(System.getProperty("golden.dir", "src/test/resources/golden"), name + ".txt");
  }

  static Path docs(String name) {
    return Path.of(System.getProperty("docs.dir", "../../docs"), name);
  }
}
