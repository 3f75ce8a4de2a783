// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.vm;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The proxy leaves a dead server as the kernel does ({@link KernelsIT}). */
class ProxyQuiescingIT {
  private static final String ADDRESS = "10.9.1.100";

  @Test
  void noFlowOfDatagramsStaysWithADeadServerWhileItsServiceQuiesces(@TempDir Path folder)
      throws IOException {
    var lvsCf = DeadServer.service(new LvsCfText(), ADDRESS);
    try (var stage = Stage.open(folder, lvsCf, "--set", "engine=proxy");
        var servers = DeadServer.open(stage)) {
      stage.awaitSaid("CLAIMING->ACTIVE");
      servers.die(ADDRESS);
    }
  }
}
