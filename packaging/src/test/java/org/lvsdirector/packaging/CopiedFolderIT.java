// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The portable folder where somebody has copied it. */
class CopiedFolderIT {
  @TempDir Path folder = Path.of("unset");

  /**
   * What a command said.
   *
   * @param status how it ended
   * @param out its standard output
   * @param err its standard error
   */
  private record Said(int status, String out, String err) {}

  private Said run(Path home, String... words) throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of(home.resolve("bin/director").toString()));
    command.addAll(List.of(words));
    var err = folder.resolve("err");
    var process = new ProcessBuilder(command).redirectError(err.toFile()).start();
    process.getOutputStream().close();
    var out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Said(process.waitFor(), out, Files.readString(err));
  }

  private List<JsonNode> archives(Path home) throws IOException, InterruptedException {
    var said =
        run(home, "doctor", "--json", "--lvs-cf", home.resolve("etc/demo/lvs.cf").toString());
    assertThat(said.err()).isEmpty();
    var found = new ArrayList<JsonNode>();
    for (var finding : new ObjectMapper().readTree(said.out())) {
      if (finding.path("name").asText().startsWith("class archive")) {
        found.add(finding);
      }
    }
    return found;
  }

  @Test
  void withTheTimesOfItsFilesItUsesItsClassArchives() throws Exception {
    var home = folder.resolve("copy");
    Built.run("cp", "-a", Built.HOME.toString(), home.toString());
    assertThat(run(home, "--version"))
        .isEqualTo(new Said(0, "director " + Built.VERSION + "\n", ""));
    var archives = archives(home);
    assertThat(archives).hasSize(2);
    for (var finding : archives) {
      assertThat(finding.path("state").asText()).as("%s", finding).isEqualTo("OK");
    }
  }

  @Test
  void withoutThemItStartsSilentlyAndTheDoctorSaysWhyItIsSlower() throws Exception {
    var home = folder.resolve("copy");
    Built.run("cp", "-r", Built.HOME.toString(), home.toString());
    assertThat(run(home, "--version"))
        .isEqualTo(new Said(0, "director " + Built.VERSION + "\n", ""));
    var help = run(home, "run", "--help");
    assertThat(help.err()).isEmpty();
    assertThat(help.out()).startsWith("Usage: director run");
    var archives = archives(home);
    assertThat(archives).hasSize(2);
    for (var finding : archives) {
      assertThat(finding.path("state").asText()).as("%s", finding).isEqualTo("WARNING");
      assertThat(finding.path("detail").asText())
          .contains("is not used")
          .contains("lvs-director.jar', timestamp has changed");
      assertThat(finding.path("mend").asText()).contains("cp -a");
    }
  }
}
