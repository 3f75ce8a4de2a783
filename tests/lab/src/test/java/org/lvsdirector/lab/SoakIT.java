// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The short form of {@code tests/lab/run soak}: four faults, always the same ones. */
class SoakIT {
  private static final long SEED = 13;

  @Test
  void aPairUnderRandomFaultsKeepsItsInvariantsAndItsSize() throws IOException {
    var result = Soak.run(new Soak.Plan(4, 15, SEED, "soak-short"));
    System.out.println("\nThe lab: a short soak\n" + result.text());
    assertThat(result.broken()).as("%s", result.text()).isEmpty();
    assertThat(result.rounds()).hasSize(4);
  }
}
