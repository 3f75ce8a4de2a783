// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config.lvscf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lvsdirector.config.problem.Problem;
import org.lvsdirector.config.problem.Problem.Severity;

/** Nothing is told of a file that is right, whatever its comments are made of. */
class ValidFilesTest {
  @TempDir private Path folder;

  static List<Path> files() throws IOException {
    var place = ExampleFiles.ROOT.resolve("config/src/test/resources/org/lvsdirector/config/lvscf");
    try (var files = Files.list(place.resolve("valid"))) {
      return files.sorted().toList();
    }
  }

  @Test
  void thereAreSome() throws IOException {
    assertThat(files()).hasSizeGreaterThan(15);
  }

  @ParameterizedTest
  @MethodSource("files")
  void nothingIsToldOfAValidFile(Path file) {
    var parsed = ConfigFiles.lvsCf(file);
    assertThat(parsed.problems()).isEmpty();
    var canonical = LvsCfPrinter.print(Objects.requireNonNull(parsed.config()));
    assertThat(LvsCf.parse(canonical).problems()).isEmpty();
  }

  /** Each byte alone, in a line of its own and behind a statement. */
  @Test
  void noByteInACommentMakesAFileUnusable() throws IOException {
    var text = Files.readString(files().getFirst());
    var plain = Objects.requireNonNull(LvsCf.parse(text).config());
    for (var value : IntStream.range(1, 256).toArray()) {
      if (value == '\n' || value == '\r') {
        continue;
      }
      var one = "# caf" + (char) value + " x\nserial_no = 7 # caf" + (char) value + " x\n";
      var parsed = read((one + text).getBytes(StandardCharsets.ISO_8859_1));
      assertThat(parsed.config()).as("byte %d: %s", value, parsed.problems()).isEqualTo(plain);
      assertThat(parsed.problems())
          .allMatch(problem -> problem.severity() == Severity.WARNING && value > 127)
          .hasSize(value > 127 ? 1 : 0);
    }
  }

  @Test
  void aByteOfACommentIsToldWithItsPlaceAndTheWayOut() throws IOException {
    var parsed = read("primary = 192.0.2.1\n# caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));
    var told =
        parsed.problems().stream().filter(problem -> problem.code().equals("LVS0021")).toList();
    assertThat(told).hasSize(1);
    assertThat(told.getFirst().at().line()).isEqualTo(2);
    assertThat(told.getFirst().at().column()).isEqualTo(6);
    assertThat(told.getFirst().advice()).contains("iconv -f latin1");
  }

  @Test
  void aByteOfAValueOrANameIsAnError() throws IOException {
    var text = Files.readString(files().getFirst());
    for (var line : List.of("notify = \"/bin/caf\u00e9\" # x\n", "virtual caf\u00e9 {\n}\n")) {
      var parsed = read(("# \u00e9\n" + line + text).getBytes(StandardCharsets.ISO_8859_1));
      assertThat(parsed.config()).isNull();
      assertThat(parsed.problems()).extracting(Problem::code).containsExactly("LVS0021");
      assertThat(parsed.problems().getFirst().at().line()).isEqualTo(2);
    }
  }

  @Test
  void anIncludedFileIsReadLikewise() throws IOException {
    var text = Files.readString(files().getFirst());
    Files.write(folder.resolve("more.cf"), "# \u00e9\n".getBytes(StandardCharsets.ISO_8859_1));
    var parsed = read(("include more.cf\n" + text).getBytes(StandardCharsets.US_ASCII));
    assertThat(parsed.config()).isNotNull();
    assertThat(parsed.problems()).extracting(Problem::code).containsExactly("LVS0021");
  }

  private LvsCf.Parsed read(byte[] bytes) throws IOException {
    return ConfigFiles.lvsCf(Files.write(folder.resolve("lvs.cf"), bytes));
  }
}
