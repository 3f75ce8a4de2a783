// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.choice;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.lvsdirector.config.GlobalSettings;
import org.lvsdirector.config.directorconf.DirectorConf;
import org.lvsdirector.engine.ipvs.IpvsSettings;
import org.lvsdirector.engine.proxy.ProxySettings;

class EngineSettingsTest {

  @Test
  void whatNoFileSaysIsTheProxysDefault() {
    assertThat(ProxySettings.of(conf(Map.of()), GlobalSettings.NONE))
        .isEqualTo(ProxySettings.DEFAULT);
  }

  @Test
  void bothFilesAreHeeded() {
    var conf =
        conf(
            Map.of(
                "proxy.threads", "3",
                "proxy.connect-timeout", "250ms",
                "proxy.udp-flow-timeout", "1s",
                "ipvs.adopt", "all"));
    var global =
        new GlobalSettings(null, Duration.ofHours(1), Duration.ofSeconds(7), Duration.ofMinutes(9));
    assertThat(ProxySettings.of(conf, global))
        .isEqualTo(
            new ProxySettings(
                ProxySettings.Transport.BEST,
                3,
                Duration.ofMillis(250),
                Duration.ofHours(1),
                Duration.ofSeconds(7),
                Duration.ofMinutes(9),
                ProxySettings.DEFAULT.udpFlowLimit()));
    assertThat(IpvsSettings.of(conf, global))
        .isEqualTo(
            new IpvsSettings(
                IpvsSettings.Adoption.ALL,
                conf.stateDir().resolve("ipvs-services"),
                Duration.ofHours(1),
                Duration.ofSeconds(7),
                Duration.ofMinutes(9)));
    assertThat(ProxySettings.of(conf, GlobalSettings.NONE).udpFlowTimeout())
        .isEqualTo(Duration.ofSeconds(1));
  }

  private static DirectorConf conf(Map<String, String> settings) {
    return Objects.requireNonNull(DirectorConf.read(null, settings).conf());
  }
}
