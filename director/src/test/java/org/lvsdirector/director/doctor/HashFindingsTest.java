// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lvsdirector.director.doctor.Finding.State;
import org.lvsdirector.engine.EngineKind;
import org.lvsdirector.engine.choice.Engines;

class HashFindingsTest {
  @TempDir private Path root;

  @Test
  void aMachineWithoutTheModuleAndTheProxyHaveNoTable() throws IOException {
    assertThat(new HashFindings(new MachineFiles(root), kind("ipvs")).all()).isEmpty();
    kernel("6.1.0-57-amd64", 12);
    assertThat(new HashFindings(new MachineFiles(root), kind("proxy")).all()).isEmpty();
  }

  @Test
  void beforeLinux71TheAdviceIsALargerTableAndNamesTheKernel() throws IOException {
    kernel("6.1.0-57-amd64", 12);
    assertThat(findings().all())
        .singleElement()
        .satisfies(
            found -> {
              assertThat(found.state()).isEqualTo(State.OK);
              assertThat(found.detail())
                  .contains(
                      "kernel 6.1.0-57-amd64, before 7.1", "4096 buckets", "conn_tab_bits=20");
            });
  }

  @Test
  void tablesThatGrowNeedNoAdvice() throws IOException {
    kernel("7.2.13+deb14-amd64", 12);
    status(0, 0);
    assertThat(findings().all()).extracting(Finding::state).containsOnly(State.OK);
    assertThat(findings().all().getFirst().detail())
        .contains("kernel 7.2.13+deb14-amd64", "in 256 buckets", "grows by itself up to 4096")
        .doesNotContain("conn_tab_bits");
  }

  @Test
  void longChainsAreAWarningWithTheSettingOfTheirTable() throws IOException {
    kernel("7.2.13+deb14-amd64", 12);
    status(3, 0);
    assertThat(findings().all().getFirst().state()).isEqualTo(State.WARNING);
    assertThat(findings().all().getFirst().detail()).contains("3 of them with chains of 7");
    assertThat(findings().all().getFirst().mend()).contains("net.ipv4.vs.conn_lfactor=-5");
    assertThat(findings().all().getLast().state()).isEqualTo(State.OK);
    status(0, 2);
    assertThat(findings().all().getFirst().state()).isEqualTo(State.OK);
    assertThat(findings().all().getLast().mend()).contains("net.ipv4.vs.svc_lfactor=-4");
  }

  @Test
  void longChainsOfATableThatCannotGrowCallForALargerOne() throws IOException {
    kernel("7.2.13+deb14-amd64", 8);
    status(3, 0);
    assertThat(findings().all().getFirst().state()).isEqualTo(State.WARNING);
    assertThat(findings().all().getFirst().detail()).contains("conn_tab_bits is 8");
    assertThat(findings().all().getFirst().mend()).contains("conn_tab_bits=12");
  }

  @Test
  void aFileThatTellsNothingIsNoFault() throws IOException {
    kernel("7.2.13+deb14-amd64", 12);
    write("proc/net/ip_vs_status", "");
    assertThat(findings().all())
        .singleElement()
        .satisfies(found -> assertThat(found.state()).isEqualTo(State.OK))
        .satisfies(found -> assertThat(found.detail()).contains("only root"));
  }

  private HashFindings findings() {
    return new HashFindings(new MachineFiles(root), kind("ipvs"));
  }

  private void kernel(String release, int bits) throws IOException {
    write("proc/sys/kernel/osrelease", release);
    write("sys/module/ip_vs/parameters/conn_tab_bits", bits + "\n");
  }

  private void status(int longConnectionChains, int longServiceChains) throws IOException {
    write(
        "proc/net/ip_vs_status",
        """
        Conns:	40
        Conn buckets:	256 (8 bits, lfactor -4)
        Conn buckets len-1:	20 (50%%)
        Conn buckets len-7:	%d (50%%)
        Services:	2
        Service buckets:	16 (4 bits, lfactor -3)
        Service buckets len-7:	%d (100%%)
        """
            .formatted(longConnectionChains, longServiceChains));
  }

  private void write(String path, String text) throws IOException {
    var file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static EngineKind kind(String word) {
    return Engines.kinds().stream()
        .filter(kind -> kind.word().equals(word))
        .findFirst()
        .orElseThrow();
  }
}
