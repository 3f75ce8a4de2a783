// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lvsdirector.director.admin.StatusFixture;
import org.lvsdirector.director.doctor.Finding.State;

class RunningFindingsTest {
  @TempDir Path folder = Path.of("");

  @Test
  void anAddressThatAnotherMachineAnswersForIsAFault() {
    assertThat(RunningFindings.of(StatusFixture.whole()))
        .filteredOn(finding -> finding.name().equals("address conflict"))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.state()).isEqualTo(State.FAULT);
              assertThat(finding.detail()).contains("192.0.2.80", "02:00:00:00:00:09");
              assertThat(finding.mend()).contains("arp_ignore");
            });
  }

  @Test
  void nothingIsSaidOfADaemonThatDoesNotRun() {
    assertThat(new RunningFindings(folder.resolve("none.sock")).all()).isEmpty();
  }
}
