// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.lvsdirector.director.Main;

class WitnessCommandTest {

  @Test
  void aWitnessThatOthersReachDoesNotStartWithoutKeys() {
    var errors = new StringWriter();
    var status =
        Main.commandLine()
            .setErr(new PrintWriter(errors))
            .execute("witness", "--listen", "192.0.2.9:5399");
    assertThat(status).isEqualTo(ExitStatus.REFUSED);
    assertThat(errors.toString()).contains("--key-file /etc/lvs-director/key", "director keygen");
  }
}
