// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lvsdirector.director.pairing.PairBundle;

/** What becomes of the lvs.cf that the other machine offers. */
final class LvsCfOfferTest {
  private static final String TEXT = "primary = 192.0.2.1\n";
  private static final PairBundle OFFERED = new PairBundle("", TEXT, List.of());

  @TempDir Path folder = Path.of("");

  @Test
  void anExampleOfCommentsIsNotOfferedAndIncludesAreNamed() throws IOException {
    var file = folder.resolve("lvs.cf");
    assertThat(LvsCfOffer.of("k", file).lvsCf()).isEmpty();
    Files.writeString(file, "# nothing\n\n  # yet\n");
    assertThat(LvsCfOffer.of("k", file).lvsCf()).isEmpty();

    var more = folder.resolve("more.cf");
    Files.writeString(more, "# more\n");
    Files.writeString(file, TEXT + "include more.cf\n");
    var offered = LvsCfOffer.of("k", file);
    assertThat(offered.lvsCf()).startsWith(TEXT);
    assertThat(offered.includes()).containsExactly(more.toString());
    assertThat(LvsCfOffer.take(offered, folder.resolve("copy"), true, LvsCfOfferTest::never))
        .contains("copy what it includes", more.toString());
  }

  @Test
  void nothingIsOverwrittenUnasked() throws IOException {
    var file = folder.resolve("lvs.cf");
    Files.writeString(file, "mine\n");

    assertThat(LvsCfOffer.take(OFFERED, file, null, _ -> null)).contains("--lvs-cf");
    assertThat(LvsCfOffer.take(OFFERED, file, null, _ -> false)).contains("left as it is");
    assertThat(LvsCfOffer.take(OFFERED, file, false, LvsCfOfferTest::never)).contains("left");
    assertThat(Files.readString(file)).isEqualTo("mine\n");

    LvsCfOffer.take(
        OFFERED,
        file,
        null,
        question -> {
          assertThat(question).contains("overwrite " + file);
          return true;
        });
    assertThat(Files.readString(file)).isEqualTo(TEXT);
    assertThat(LvsCfOffer.take(OFFERED, file, null, LvsCfOfferTest::never)).contains("the same");
  }

  /** It may hold a password. */
  @Test
  void keepsTheRightsOfTheFileAndGivesANewOneNoneForAll() throws IOException {
    for (var rights : List.of("rw-r--r--", "rw-r-----", "rw-------")) {
      var file = folder.resolve("lvs.cf");
      Files.writeString(file, rights);
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(rights));
      LvsCfOffer.take(OFFERED, file, true, LvsCfOfferTest::never);
      assertThat(rights(file)).isEqualTo(rights);
    }
    var fresh = folder.resolve("fresh.cf");
    LvsCfOffer.take(OFFERED, fresh, true, LvsCfOfferTest::never);
    assertThat(rights(fresh)).isEqualTo("rw-r-----");
  }

  @Test
  void aLinkStaysALink() throws IOException {
    var real = folder.resolve("real.cf");
    Files.writeString(real, "mine\n");
    var link = Files.createSymbolicLink(folder.resolve("lvs.cf"), real);

    LvsCfOffer.take(OFFERED, link, true, LvsCfOfferTest::never);

    assertThat(link).isSymbolicLink();
    assertThat(Files.readString(real)).isEqualTo(TEXT);
  }

  private static String rights(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  private static Boolean never(String question) {
    throw new AssertionError(question);
  }
}
