package org.lvsdirector.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

class CatalogueDocTest {

  @Test
  void referencePageIsMadeFromTheCatalogue() throws IOException {
    check("lvs.cf.md", CatalogueDoc.lvsCf());
  }

  @Test
  void problemPageIsMadeFromTheCodes() throws IOException {
    check("problems.md", CatalogueDoc.problemCodes());
  }

  private static void check(String name, String expected) throws IOException {
    var file = ExampleFiles.ROOT.resolve("docs").resolve(name);
    if (Boolean.getBoolean("update.docs")) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, expected);
    }
    assertThat(Files.exists(file) ? Files.readString(file) : "")
        .as("stale; run: mvn test -pl config -Dtest=CatalogueDocTest -Dupdate.docs=true")
        .isEqualTo(expected);
  }

  @Test
  void exampleOfThePageGivesNoProblem() {
    var page = CatalogueDoc.lvsCf();
    var example = page.substring(page.indexOf("```\n") + 4, page.lastIndexOf("```"));
    assertThat(LvsCf.parse(example).problems()).isEmpty();
  }

  @Test
  void everyCodeIsUsedOnce() {
    assertThat(ProblemCode.values()).extracting(ProblemCode::code).doesNotHaveDuplicates();
  }

  @Test
  void everyPresetIsWhatThePageSays() {
    for (var row : Catalogue.rows()) {
      var preset = row.preset();
      if (preset != null && row.type() instanceof NumberTypes.IntType) {
        assertThat(row.presetText()).as(row.word()).isEqualTo(preset.toString());
      }
    }
  }
}
