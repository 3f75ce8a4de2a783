// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.nanny;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.lvsdirector.linux.Errno;
import org.lvsdirector.linux.LinuxException;

/**
 * Why a program did not come to run on this machine, which says nothing about a server. The kernel
 * tells of most; two are seen only by what was run in the program's stead: the loader of shared
 * libraries, ld.so(8), and env(1) as its interpreter.
 */
final class StartFault {
  private static final int MOST_BYTES_OF_A_FIRST_LINE = 256; // BINPRM_BUF_SIZE, linux/binfmts.h
  private static final int CANNOT_BE_RUN = 126;
  private static final int NOT_FOUND = 127;
  private static final String LIBRARY = ": error while loading shared libraries: ";

  private StartFault() {}

  /** What the kernel's refusal means. */
  static String words(String program, LinuxException refusal) {
    var interpreter = interpreter(program);
    if (refusal.errno() == Errno.ENOENT && !interpreter.isEmpty()) {
      return "there is no interpreter " + Wording.quote(interpreter.getFirst());
    }
    return Errno.words(refusal.errno()) + ", " + refusal.call();
  }

  /**
   * Why a program that ended so never ran; empty when it was the program itself that ended.
   *
   * @param errors what came on standard error
   */
  static Optional<String> behind(String program, int status, byte[] errors) {
    if (status != NOT_FOUND && status != CANNOT_BE_RUN) {
      return Optional.empty();
    }
    var said = new String(errors, StandardCharsets.ISO_8859_1);
    if (status == NOT_FOUND && said.startsWith(program + LIBRARY)) {
      return Optional.of("a shared library is wanting: " + Wording.quote(said.strip()));
    }
    return missingInterpreter(interpreter(program));
  }

  private static Optional<String> missingInterpreter(List<String> words) {
    if (words.isEmpty() || !words.getFirst().endsWith("/env")) {
      return Optional.empty();
    }
    return words.stream()
        .skip(1)
        .filter(word -> !word.startsWith("-") && !word.contains("="))
        .findFirst()
        .filter(word -> Script.find(word).isEmpty())
        .map(word -> "there is no interpreter " + Wording.quote(word));
  }

  /** The words behind {@code #!}; a carriage return at the end is part of a name. */
  private static List<String> interpreter(String program) {
    try (var in = Files.newInputStream(Path.of(program))) {
      var bytes = in.readNBytes(MOST_BYTES_OF_A_FIRST_LINE);
      var line = new String(bytes, StandardCharsets.ISO_8859_1).split("\n", 2)[0];
      return line.startsWith("#!")
          ? Arrays.stream(line.substring(2).split("[ \t]+")).filter(w -> !w.isEmpty()).toList()
          : List.of();
    } catch (IOException _) {
      return List.of();
    }
  }
}
