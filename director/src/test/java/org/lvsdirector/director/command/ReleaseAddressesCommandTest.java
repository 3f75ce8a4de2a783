// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lvsdirector.director.admin.AdminServer;
import picocli.CommandLine;

class ReleaseAddressesCommandTest {
  @TempDir Path folder = Path.of("unset");

  @Test
  void refusesWhileADaemonRuns() throws IOException {
    var socket = folder.resolve("admin.sock");
    var printed = new StringWriter();
    var command = new CommandLine(new ReleaseAddressesCommand());
    command.setErr(new PrintWriter(printed));
    try (var _ = AdminServer.open(socket, List.of())) {
      var status =
          command.execute(
              "--set", "admin.socket=" + socket, "--set", "state-dir=" + folder.resolve("state"));
      assertThat(status).isEqualTo(ExitStatus.REFUSED);
    }
    assertThat(printed.toString()).contains("addresses stay: another director", "--force");
  }

  @Test
  void refusesASettingThatDoesNotExist() {
    var printed = new StringWriter();
    var command = new CommandLine(new ReleaseAddressesCommand());
    command.setErr(new PrintWriter(printed));
    assertThat(command.execute("--set", "addreses=kernel")).isEqualTo(ExitStatus.REFUSED);
    assertThat(printed.toString()).contains("addreses");
  }
}
