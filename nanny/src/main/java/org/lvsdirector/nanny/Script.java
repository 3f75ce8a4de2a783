// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.nanny;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.lvsdirector.config.Endpoint;

/** The words of a program that checks a server, and where the program is. */
final class Script {
  /** What a program finds in its environment, and where it is looked for without a slash. */
  static final String SEARCH_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  private Script() {}

  /**
   * Splits a command at blanks, without a shell and without quotes.
   *
   * @param server stands in for {@code %h} (address) and {@code %p} (port)
   */
  static List<String> words(String command, Endpoint server) {
    var address = server.address().toString();
    var port = Integer.toString(server.port());
    return new ArrayList<>(
        Arrays.stream(command.strip().split("[ \t]+"))
            .map(word -> word.replace("%h", address).replace("%p", port))
            .toList());
  }

  /** The file that is run for a word; empty when there is none. */
  static Optional<Path> find(String program) {
    if (program.contains("/")) {
      return Optional.of(Path.of("/").resolve(program)).filter(Script::isProgram);
    }
    return Arrays.stream(SEARCH_PATH.split(":"))
        .map(folder -> Path.of(folder, program))
        .filter(Script::isProgram)
        .findFirst();
  }

  /** Why there is none, and the way out. */
  static String missing(String program) {
    var name = Wording.quote(program);
    if (!program.contains("/")) {
      return notProgram(
              Arrays.stream(SEARCH_PATH.split(":")).map(folder -> Path.of(folder, program)))
          .orElse("there is no program " + name + " in " + SEARCH_PATH);
    }
    return notProgram(Stream.of(Path.of("/").resolve(program)))
        .orElse("there is no program " + name);
  }

  private static Optional<String> notProgram(Stream<Path> places) {
    return places
        .filter(Files::exists)
        .findFirst()
        .map(
            file -> {
              var name = Wording.quote(file.toString());
              return Files.isRegularFile(file)
                  ? name + " is not executable for this user: chmod a+x " + name
                  : name + " is no file that can be run";
            });
  }

  private static boolean isProgram(Path file) {
    return Files.isRegularFile(file) && Files.isExecutable(file);
  }
}
