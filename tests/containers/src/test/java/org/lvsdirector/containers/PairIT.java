// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.containers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lvsdirector.packaging.StepTable;

/** Two machines with the DEB, two with the RPM, three real servers, a client for each pair. */
class PairIT {
  @TempDir static Path work = Path.of("unset");

  private static final Deque<AutoCloseable> OPEN = new ConcurrentLinkedDeque<>();
  private static final AtomicInteger LIVED = new AtomicInteger();
  private static final Deque<Stage> STAGE = new ConcurrentLinkedDeque<>();
  private static final Path PAGE = Path.of("../../docs/install.md");
  private static final Path TABLE = Path.of("target/steps.txt");

  /** What both pairs stand on. */
  private record Stage(Site site, InstallPage page, StepTable table) {
    static Stage open(Path work) throws IOException {
      var table = new StepTable(TABLE);
      return new Stage(Site.open(work, OPEN), new InstallPage(PAGE), table);
    }
  }

  @BeforeAll
  static void startMachines() throws IOException {
    STAGE.add(Stage.open(work));
  }

  @AfterAll
  static void close() throws Exception {
    try {
      if (LIVED.get() == 2) {
        assertThat(STAGE.getFirst().page().left())
            .as("commands of %s that nothing ran", PAGE)
            .isEmpty();
      }
    } finally {
      Site.close(OPEN);
    }
  }

  @Test
  void theDebCarriesAPairThroughItsLife() throws IOException {
    live(new Kind("deb", "", 2, 80));
  }

  /** Debian's rpm knows no distribution's names for what is required, so it is told not to ask. */
  @Test
  void theRpmCarriesAPairThroughItsLife() throws IOException {
    live(new Kind("rpm", "rpm() { command rpm --nodeps \"$@\"; }", 4, 81));
  }

  private static void live(Kind kind) throws IOException {
    var stage = STAGE.getFirst();
    new Life(kind, stage.site(), stage.page(), stage.table()).live();
    LIVED.incrementAndGet();
  }
}
