// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lvsdirector.config.Config;
import org.lvsdirector.config.lvscf.LvsCf;
import org.lvsdirector.director.doctor.Finding.State;
import org.lvsdirector.engine.EngineKind;
import org.lvsdirector.engine.choice.Engines;

class SyncFindingsTest {
  @TempDir private Path root;

  @Test
  void settingsAreNotCalledRightWhereTheModuleIsNotLoaded() throws IOException {
    assertThat(settings().state()).isEqualTo(State.WARNING);
    assertThat(settings().detail()).contains("ip_vs is not loaded");
    Files.createDirectories(root.resolve("proc/sys/net/ipv4/vs"));
    assertThat(settings().state()).isEqualTo(State.OK);
  }

  private Finding settings() {
    return new SyncFindings(new MachineFiles(root), ipvs(), config())
        .all().stream()
            .filter(finding -> finding.name().equals("sync settings"))
            .findFirst()
            .orElseThrow();
  }

  private static EngineKind ipvs() {
    return Engines.kinds().stream()
        .filter(kind -> kind.word().equals("ipvs"))
        .findFirst()
        .orElseThrow();
  }

  private static Config config() {
    return Objects.requireNonNull(
        LvsCf.parse("primary = 192.0.2.1\nbackup = 192.0.2.2\nbackup_active = 1\nsyncdaemon = 1\n")
            .config());
  }
}
