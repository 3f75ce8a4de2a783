// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lvsdirector.director.admin.AdminServer;
import org.lvsdirector.director.admin.AdminServer.Reply;
import org.lvsdirector.director.admin.Endpoint;
import org.lvsdirector.director.admin.StatusFixture;
import org.lvsdirector.director.admin.StatusReport;
import org.lvsdirector.director.doctor.Finding.State;
import picocli.CommandLine;

class RunningFindingsTest {
  @TempDir Path folder = Path.of("");

  @Test
  void anAddressThatAnotherMachineAnswersForIsAFault() {
    assertThat(new RunningFindings(StatusFixture.whole(), "").all())
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
  void realTimeThatTheKernelRefusesIsToldWithTheWayOut() {
    assertThat(realTime(StatusFixture.whole()).state()).isEqualTo(State.OK);
    var refused = realTime(StatusFixture.withoutRealTime());
    assertThat(refused.state()).isEqualTo(State.WARNING);
    assertThat(refused.detail()).startsWith("EPERM: ");
    assertThat(refused.mend()).contains("LimitRTPRIO", "CAP_SYS_NICE", "real-time.priority = 0");
  }

  private static Finding realTime(StatusReport report) {
    return new RunningFindings(report, "")
        .all().stream().filter(one -> one.name().equals("real time")).findFirst().orElseThrow();
  }

  @Test
  void nothingIsSaidOfADaemonThatDoesNotRun() {
    assertThat(RunningFindings.ask(folder.resolve("none.sock")).all()).isEmpty();
  }

  /** Every question costs the daemon an answer, and two answers may differ. */
  @Test
  void theDaemonIsAskedOnce() throws IOException {
    var asked = new AtomicInteger();
    var socket = folder.resolve("admin.sock");
    var counting =
        Endpoint.read(
            "/v1/status",
            "counts",
            _ -> {
              asked.incrementAndGet();
              return Reply.json(200, StatusFixture.whole());
            });
    var conf = folder.resolve("director.conf");
    var lvsCf = folder.resolve("lvs.cf");
    Files.writeString(conf, "admin.socket = \"%s\"\nlvs-cf = \"%s\"\n".formatted(socket, lvsCf));
    Files.writeString(lvsCf, "primary = 127.0.0.2\nbackup = 127.0.0.3\nbackup_active = 1\n");
    try (var _ = AdminServer.open(socket, List.of(counting))) {
      var out = new StringWriter();
      new CommandLine(new DoctorCommand())
          .setOut(new PrintWriter(out))
          .execute("--conf", conf.toString());

      assertThat(out.toString()).contains("daemon: it is", "link ");
      assertThat(asked).hasValue(1);
    }
  }
}
