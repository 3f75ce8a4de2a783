// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lvsdirector.config.Config;
import org.lvsdirector.config.directorconf.DirectorConf;
import org.lvsdirector.config.lvscf.LvsCf;
import org.lvsdirector.director.doctor.Finding.State;
import org.lvsdirector.engine.choice.Engines;

class HostFindingsTest {
  private static final String LVS_CF =
      """
      primary = 192.0.2.1
      backup = 192.0.2.2
      network = METHOD
      virtual web {
        active = 1
        address = 192.0.2.80 eth0:1
        port = 80
        server one {
          address = 10.0.0.1
          active = 1
        }
      }
      """;

  @TempDir private Path root;

  @BeforeEach
  void aMachine() throws IOException {
    write("net/ipv4/ip_forward", "0");
    write("net/ipv4/conf/all/rp_filter", "1");
    write("net/ipv4/vs/expire_nodest_conn", "0");
    write("net/ipv4/vs/expire_quiescent_template", "1");
    write("net/ipv4/vs/conn_reuse_mode", "1");
  }

  @Test
  void eachSettingIsToldWithItsReasonAndTheWayOut() {
    var found = find("nat", Map.of("engine", "ipvs"));
    assertThat(found)
        .extracting(Finding::name, Finding::state)
        .containsExactly(
            tuple("ip_forward", State.FAULT),
            tuple("conf.all.rp_filter", State.WARNING),
            tuple("vs.conn_reuse_mode", State.OK),
            tuple("vs.expire_nodest_conn", State.WARNING),
            tuple("vs.expire_quiescent_template", State.OK),
            tuple("vs.conntrack", State.OK));
    assertThat(found.getFirst().detail()).contains("NAT");
    assertThat(found.getFirst().mend()).contains("sysctl -w net.ipv4.ip_forward=1");
  }

  @Test
  void directRoutingNeedsNoForwarding() {
    assertThat(find("direct", Map.of("engine", "ipvs")))
        .extracting(Finding::name)
        .doesNotContain("ip_forward");
  }

  @Test
  void theProxyNeedsLittle() {
    assertThat(find("nat", Map.of("engine", "proxy")))
        .extracting(Finding::name)
        .containsExactly("conf.all.rp_filter");
  }

  @Test
  void whatTheDirectorSetsItselfIsNoFault() {
    assertThat(find("nat", Map.of("engine", "ipvs", "ipvs.host-settings", "set")))
        .allMatch(finding -> finding.state() == State.OK);
  }

  private List<Finding> find(String method, Map<String, String> settings) {
    var conf = Objects.requireNonNull(DirectorConf.read(null, settings).conf());
    return new HostFindings(root, conf, Engines.choose(conf.engine(), null).kind(), config(method))
        .all();
  }

  private static Config config(String method) {
    var parsed = LvsCf.parse(LVS_CF.replace("METHOD", method));
    return Objects.requireNonNull(parsed.config(), parsed.problems().toString());
  }

  private void write(String name, String value) throws IOException {
    var file = root.resolve("proc/sys").resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, value);
  }
}
