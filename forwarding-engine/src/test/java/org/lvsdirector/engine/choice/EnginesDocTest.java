// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.choice;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class EnginesDocTest {
  private static final Path PAGE = Path.of("..", "docs", "engines.md");

  @Test
  void thePageIsMadeFromTheEngines() throws IOException {
    var expected = EnginesDoc.page(Engines.kinds());
    if (Boolean.getBoolean("update.docs")) {
      Files.writeString(PAGE, expected);
    }
    assertThat(Files.exists(PAGE) ? Files.readString(PAGE) : "")
        .as(
            "stale; run: mvn test -pl forwarding-engine -am -Dtest=EnginesDocTest"
                + " -Dupdate.docs=true")
        .isEqualTo(expected);
  }
}
