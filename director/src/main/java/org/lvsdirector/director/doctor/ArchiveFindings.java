// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.doctor;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Whether the Java virtual machine takes its classes from the class archives that are installed
 * with it. It does without them, silently, when a file that an archive was made of has another size
 * or time; then each start takes about twice as long. So the launcher is asked to start, and the
 * virtual machine says where it has the program's first class from.
 *
 * @param home the folder that has bin, lib and jre
 */
record ArchiveFindings(Path home) {
  private static final String OPTIONS = "LVS_DIRECTOR_JAVA_OPTIONS";
  private static final String TELL =
      " -Xlog:class+load=info:stdout:none -Xlog:cds=warning:stdout:none"
          + " -Xlog:aot=warning:stdout:none";
  private static final String LOADED = "org.lvsdirector.director.Main source: ";
  private static final String FROM_ARCHIVE = LOADED + "shared objects file";
  private static final String CHANGED = "This file is not the one used while building";
  private static final String UNPACK_ANEW =
      "install the package, or unpack or copy the folder, anew, with the times of its files: cp -a,"
          + " rsync -a";
  private static final int PATIENCE_SECONDS = 20;

  List<Finding> all() {
    return List.of(
        finding("class archive of commands", "command.jsa", List.of("--version")),
        finding("class archive of the daemon", "daemon.jsa", List.of("run", "--help")));
  }

  private Finding finding(String name, String file, List<String> words) {
    var archive = home.resolve("lib").resolve(file);
    if (!Files.exists(archive)) {
      return Finding.warning(name, unused(archive + " is not there"), UNPACK_ANEW);
    }
    if (!System.getenv().getOrDefault("LVS_DIRECTOR_JAVA", "").isEmpty()) {
      return Finding.warning(
          name,
          unused("it belongs to the Java beside it, not to LVS_DIRECTOR_JAVA"),
          "unset LVS_DIRECTOR_JAVA");
    }
    try {
      return judge(name, archive, started(words));
    } catch (IOException e) {
      return Finding.warning(
          name, "cannot be tried: " + e.getMessage(), home + "/bin/director must be startable");
    }
  }

  /**
   * Of what the virtual machine said.
   *
   * @param said the lines on its standard output
   */
  static Finding judge(String name, Path archive, List<String> said) {
    if (said.stream().anyMatch(line -> line.startsWith(FROM_ARCHIVE))) {
      return Finding.ok(name, archive.toString());
    }
    var why =
        said.stream()
            .filter(line -> line.startsWith(CHANGED))
            .findFirst()
            .or(() -> said.stream().filter(line -> !line.contains(" source: ")).findFirst())
            .map(line -> line.replaceFirst(CHANGED + ".*: ", ""))
            .orElse("the Java virtual machine does not say why");
    return Finding.warning(name, unused(why), UNPACK_ANEW);
  }

  private static String unused(String why) {
    return "is not used, each start takes about twice as long: " + why;
  }

  private List<String> started(List<String> words) throws IOException {
    var command = new ArrayList<String>();
    command.add(home.resolve("bin/director").toString());
    command.addAll(words);
    var output = Files.createTempFile("doctor", ".log");
    var builder =
        new ProcessBuilder(command)
            .redirectInput(new File("/dev/null"))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .redirectOutput(output.toFile());
    builder.environment().merge(OPTIONS, TELL, String::concat);
    var process = builder.start();
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new IOException("no end after " + PATIENCE_SECONDS + " s");
      }
      return Files.readAllLines(output);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      process.destroyForcibly();
      Files.deleteIfExists(output);
    }
  }
}
