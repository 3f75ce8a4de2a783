// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config.lvscf;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.lvsdirector.config.lvscf.LvsCf.Read;
import org.lvsdirector.config.lvscf.syntax.Source;
import org.lvsdirector.config.names.NameResolver;
import org.lvsdirector.config.problem.Problem;
import org.lvsdirector.config.problem.ProblemCode;
import org.lvsdirector.config.problem.ProblemText;

/** Any bytes as an lvs.cf, with the files that it includes. */
class LvsCfFuzzTest {

  static Stream<Arguments> seeds() {
    var piranha = "config/src/test/resources/org/lvsdirector/config/lvscf/piranha-";
    return Stream.concat(
        Stream.of(
                "etc/lvs.cf",
                "etc/demo/lvs.cf",
                piranha + "nat.cf",
                piranha + "direct.cf",
                piranha + "tunnel.cf",
                piranha + "failover.cf")
            .map(Seeds::file),
        Seeds.parts("lvs.cf-seeds"));
  }

  @MethodSource("seeds")
  @DictionaryFile(resourcePath = "lvs.cf-words")
  @FuzzTest(maxDuration = "10s")
  void isReadOrTold(byte[] bytes) throws IOException {
    var text = text(bytes);
    if (text == null) {
      notUtf8(bytes);
    } else {
      utf8(text);
    }
  }

  private static @Nullable String text(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException _) {
      return null;
    }
  }

  private static void notUtf8(byte[] bytes) throws IOException {
    var file = Files.createTempFile("fuzz", ".cf");
    try {
      Files.write(file, bytes);
      var parsed = ConfigFiles.lvsCf(file);
      var ofBytes =
          parsed.problems().stream()
              .filter(one -> one.code().equals(ProblemCode.INVALID_UTF8.code()))
              .toList();
      assertThat(ofBytes).hasSize(1);
      var problem = ofBytes.getFirst();
      if (problem.severity() == Problem.Severity.ERROR) {
        assertThat(parsed.config()).isNull();
        assertThat(parsed.problems()).hasSize(1);
      }
      assertThat(ProblemText.render(problem, false)).contains(problem.code());
      assertThat(Path.of(problem.at().file())).isEqualTo(file);
    } finally {
      Files.delete(file);
    }
  }

  private static void utf8(String text) {
    var files = new FuzzFiles(text);
    var source = new Source(FuzzFiles.MAIN, files.main(), files);
    var read = Cost.bounded(() -> LvsCf.read(source, NameResolver.LITERALS_ONLY), files::charsRead);
    var parsed = read.parsed();
    Told.isSound(parsed.config() != null, parsed.problems(), files::text);
    Told.areNotes(parsed.notes(), files::text);
    Canonical.isReadAsTheSame(parsed.withDigest().config());
    effectiveIsTold(read);
  }

  private static void effectiveIsTold(Read read) {
    var effective = Effective.of(read);
    assertThat(effective.verdict()).isEqualTo(read.parsed().verdict());
    assertThat(effective.settings().isEmpty()).isEqualTo(read.parsed().config() == null);
  }
}
