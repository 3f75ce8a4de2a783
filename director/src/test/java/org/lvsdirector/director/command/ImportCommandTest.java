// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lvsdirector.config.lvscf.ConfigFiles;
import org.lvsdirector.director.Main;

class ImportCommandTest {
  private static final String PIRANHA =
      """
      serial_no = 12
      primary = 127.0.0.2
      backup = 127.0.0.3
      backup_active = 1
      keepalive = 6
      deadtime = 18
      network = direct
      virtual web {
           active = 1
           address = 127.0.0.80 lo:1
           port = 80
           scheduler = wlc
           send = "GET / HTTP/1.0\\r\\n\\r\\n"
           expect = "HTTP"
           server one {
               address = 127.0.1.1
               active = 1
               weight = 1
           }
      }
      """;

  @TempDir Path root = Path.of("unset");

  private record Ran(int status, String out, String err) {}

  private static Ran run(String... words) {
    var out = new StringWriter();
    var err = new StringWriter();
    var command = Main.commandLine();
    command.setOut(new PrintWriter(out));
    command.setErr(new PrintWriter(err));
    var all = new java.util.ArrayList<>(List.of("import", "piranha"));
    all.addAll(List.of(words));
    var status = command.execute(all.toArray(String[]::new));
    return new Ran(status, out.toString(), err.toString());
  }

  private Path piranhaMachine(String text) throws IOException {
    var file = root.resolve("etc/sysconfig/ha/lvs.cf");
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  @Test
  void findsThePiranhaFileAndSaysWhatItMeans() throws IOException {
    var file = piranhaMachine(PIRANHA);
    var ran = run("--root", root.toString());
    assertThat(ran.status()).isEqualTo(ExitStatus.DONE);
    assertThat(ran.out())
        .contains(file + " means today:")
        .contains("primary 127.0.0.2, backup 127.0.0.3")
        .contains("every 6000 ms, takeover after 18000 ms")
        .contains("1 with 1 real servers")
        .contains("service pulse stop");
  }

  @Test
  void writesTheSameConfigurationButNotOverAFile() throws IOException {
    var file = piranhaMachine(PIRANHA);
    var to = root.resolve("lvs.cf");
    assertThat(run(file.toString(), "--to", to.toString()).status()).isEqualTo(ExitStatus.DONE);
    var before = ConfigFiles.lvsCf(file).config();
    var after = ConfigFiles.lvsCf(to).config();
    assertThat(before).isNotNull();
    assertThat(after).isNotNull();
    assertThat(after.digest()).isEqualTo(before.digest());
    var again = run(file.toString(), "--to", to.toString());
    assertThat(again.status()).isEqualTo(ExitStatus.REFUSED);
    assertThat(again.err()).contains("cannot write " + to);
  }

  @Test
  void saysWhereItLookedWhenThereIsNone() {
    var ran = run("--root", root.toString());
    assertThat(ran.status()).isEqualTo(ExitStatus.REFUSED);
    assertThat(ran.err()).contains("etc/sysconfig/ha/lvs.cf");
  }

  @Test
  void aFileWithErrorsIsRefusedWithAllOfThem() throws IOException {
    piranhaMachine(PIRANHA.replace("scheduler = wlc", "scheduler = best"));
    var ran = run("--root", root.toString());
    assertThat(ran.status()).isEqualTo(ExitStatus.REFUSED);
    assertThat(ran.out()).contains("best");
    assertThat(ran.err()).contains("has errors");
  }
}
