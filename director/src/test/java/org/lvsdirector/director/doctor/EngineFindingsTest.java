// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lvsdirector.config.Config;
import org.lvsdirector.config.directorconf.DirectorConf.EngineChoice;
import org.lvsdirector.config.lvscf.LvsCf;
import org.lvsdirector.director.doctor.Finding.State;
import org.lvsdirector.engine.choice.Engines;

class EngineFindingsTest {

  @ParameterizedTest
  @CsvSource({
    "port = 80, OK",
    "network = direct, FAULT",
    "network = tunnel, FAULT",
    "fwmark = 7, FAULT",
    "port = 0|persistent = 60|check = none, FAULT",
    "protocol = sctp|check = none, FAULT"
  })
  void whatTheProxyCannotServeIsAFault(String lines, State expected) {
    var chosen = Engines.choose(EngineChoice.PROXY, config(lines.replace('|', '\n')));
    var found = new EngineFindings(new MachineFiles(Path.of("/")), chosen).all().getFirst();
    assertThat(found.state()).isEqualTo(expected);
    if (expected == State.FAULT) {
      assertThat(found.detail()).contains("web", "not be fit");
      assertThat(found.mend()).isNotBlank();
    }
  }

  @Test
  void linkLocalServersAreForTheProxyAlone() {
    var config = config("port = 80", "2001:db8::80", "fe80::9%eth1");
    assertThat(Engines.choose(EngineChoice.PROXY, config).unserved()).isEmpty();
    for (var kind : Engines.kinds()) {
      if (kind.word().equals("ipvs")) {
        assertThat(kind.unserved(config))
            .singleElement()
            .asString()
            .contains("web", "no zones", "fe80::9%eth1");
      }
    }
    assertThat(Engines.choose(EngineChoice.AUTO, config).kind().word()).isEqualTo("proxy");
  }

  private static Config config(String lines) {
    return config(lines, "192.0.2.80", "10.10.0.9");
  }

  private static Config config(String lines, String virtual, String server) {
    var text =
        "primary = 192.0.2.1\nvirtual web {\nactive = 1\naddress = "
            + virtual
            + " eth0:1\n"
            + lines
            + "\nserver one {\nactive = 1\naddress = "
            + server
            + "\n}\n}\n";
    var parsed = LvsCf.parse(text);
    return Objects.requireNonNull(parsed.config(), parsed.problems().toString());
  }
}
