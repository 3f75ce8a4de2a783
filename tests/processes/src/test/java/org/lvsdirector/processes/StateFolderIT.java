// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is in the state directory holds neither a start nor SIGTERM up. */
@Timeout(300)
final class StateFolderIT {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private static final List<String> FILES =
      List.of("term", "addresses", "names", "host-settings", "ipvs-services", "sync");

  @TempDir Path folder = Path.of("");

  private Lab lab;

  @SuppressWarnings("NullAway.Init")
  StateFolderIT() {}

  @BeforeEach
  void openLab() throws IOException {
    lab = new Lab(folder, 78);
  }

  @AfterEach
  void closeLab() {
    lab.close();
  }

  @Test
  void pipesInThePlaceOfAllItsFilesHoldNeitherAStartNorSigtermUp()
      throws IOException, InterruptedException {
    var state = Files.createDirectories(folder.resolve("primary"));
    for (var file : FILES) {
      pipe(state.resolve(file));
      pipe(state.resolve(file + ".new"));
    }
    lab.startDirector("primary");
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(lab.role("primary")).as(lab.log("primary")).isEqualTo("ACTIVE"));
    assertThat(lab.log("primary")).contains("term is no regular file: remove it");

    var process = lab.process("primary");
    process.destroy();
    assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(state.resolve("term")).isRegularFile();
  }

  private static void pipe(Path file) throws IOException, InterruptedException {
    assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor()).isZero();
  }
}
