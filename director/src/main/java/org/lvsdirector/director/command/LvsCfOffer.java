// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.lvscf.ConfigFiles;
import org.lvsdirector.director.pairing.PairBundle;

/** The lvs.cf that one director offers the other. */
final class LvsCfOffer {
  private static final int MAX_CHARACTERS = PairBundle.MAX_BYTES / 4;

  private LvsCfOffer() {}

  /** Keys with the lvs.cf of this machine, where that says anything. */
  static PairBundle of(String keys, Path lvsCf) {
    var text = ConfigFiles.text(lvsCf);
    if (text == null || text.length() > MAX_CHARACTERS || isSilent(text)) {
      return new PairBundle(keys, "", List.of());
    }
    var includes = ConfigFiles.files(lvsCf).stream().skip(1).map(Path::toString).toList();
    return new PairBundle(keys, text, includes);
  }

  /** Comments and empty lines alone, as the packages install it. */
  private static boolean isSilent(String text) {
    return text.lines().map(String::strip).allMatch(line -> line.isEmpty() || line.startsWith("#"));
  }

  /**
   * Takes what was offered, or not.
   *
   * @param isWanted said beforehand; null when the person is asked
   * @param ask puts a question; null when there is nobody to answer it
   * @return what came of it, a line
   * @throws IOException when it cannot be written
   */
  static String take(
      PairBundle bundle,
      Path lvsCf,
      @Nullable Boolean isWanted,
      Function<String, @Nullable Boolean> ask)
      throws IOException {
    if (bundle.lvsCf().isEmpty()) {
      return "the other machine offers no lvs.cf";
    }
    if (Files.exists(lvsCf) && bundle.lvsCf().equals(ConfigFiles.text(lvsCf))) {
      return lvsCf + ": the same as on the other machine";
    }
    var answer = isWanted == null ? ask.apply(question(bundle, lvsCf)) : isWanted;
    if (answer == null) {
      return lvsCf + ": not taken, since nobody can be asked; say --lvs-cf to take it";
    }
    if (!answer) {
      return lvsCf + ": left as it is";
    }
    InstalledFile.writeText(lvsCf, bundle.lvsCf());
    var missing = bundle.includes();
    return missing.isEmpty()
        ? lvsCf + ": taken; see `director check " + lvsCf + "`"
        : lvsCf + ": taken; copy what it includes as well: " + String.join(", ", missing);
  }

  private static String question(PairBundle bundle, Path lvsCf) {
    var lines = bundle.lvsCf().lines().count();
    return Files.exists(lvsCf)
        ? "overwrite %s by that of the other machine, %d lines?".formatted(lvsCf, lines)
        : "take lvs.cf of the other machine, %d lines, as %s?".formatted(lines, lvsCf);
  }
}
