// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config.lvscf;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lvsdirector.config.CheckSettings;
import org.lvsdirector.config.CheckSettings.Check;
import org.lvsdirector.config.CheckSettings.Expect;
import org.lvsdirector.config.Config;
import org.lvsdirector.config.ForwardingMethod;
import org.lvsdirector.config.IpAddress;
import org.lvsdirector.config.Pair;
import org.lvsdirector.config.Protocol;
import org.lvsdirector.config.VirtualService;
import org.lvsdirector.config.VirtualService.Persistence;
import org.lvsdirector.config.VirtualService.VirtualAddress;
import org.lvsdirector.config.problem.ProblemText;

class LvsCfTest {

  private static Config good(String name, String text) {
    var parsed = LvsCf.parse(name, text);
    var rendered = parsed.problems().stream().map(p -> ProblemText.render(p, false)).toList();
    assertThat(parsed.config()).as(String.join("\n", rendered)).isNotNull();
    return java.util.Objects.requireNonNull(parsed.config());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"piranha-nat.cf", "piranha-direct.cf", "piranha-tunnel.cf", "piranha-failover.cf"})
  void examplesOfPiranhaGiveNoProblem(String name) {
    good(name, ExampleFiles.example(name));
    assertThat(LvsCf.parse(name, ExampleFiles.example(name)).problems()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"lvs.cf", "demo/lvs.cf"})
  void installedFilesGiveNoProblem(String name) {
    assertThat(LvsCf.parse(name, ExampleFiles.installed(name)).problems()).isEmpty();
  }

  @Test
  void natExampleMeansWhatItMeantToPiranha() {
    var config = good("piranha-nat.cf", ExampleFiles.example("piranha-nat.cf"));
    assertThat(config.pair().isPaired()).isTrue();
    assertThat(config.pair().links())
        .containsExactly(
            new Pair.Link("public", IpAddress.of("192.0.2.2"), IpAddress.of("192.0.2.3")),
            new Pair.Link("private", IpAddress.of("10.10.0.2"), IpAddress.of("10.10.0.3")));
    assertThat(config.pair().keepalive()).isEqualTo(Duration.ofSeconds(2));
    assertThat(config.global().natRouter())
        .isEqualTo(new VirtualAddress(IpAddress.of("10.10.0.1"), 24, "eth1", "eth1:1"));
    var shop = config.services().getFirst();
    assertThat(shop.key()).hasToString("TCP 192.0.2.80:80");
    assertThat(shop.forwarding().isQuiescing()).isTrue();
    assertThat(shop.forwarding().sorryServer()).hasToString("10.10.0.250:80");
    assertThat(shop.check())
        .isEqualTo(
            new CheckSettings(
                new Check.SendExpect(
                    Protocol.TCP,
                    "GET /health HTTP/1.0\r\n\r\n",
                    new Expect.Prefix("HTTP/1.1 200")),
                Duration.ofSeconds(6),
                Duration.ofSeconds(6),
                3,
                1));
    assertThat(shop.servers())
        .extracting(server -> server.endpoint() + " " + server.weight())
        .containsExactly("10.10.0.11:8080 100", "10.10.0.12:8080 50");
  }

  @Test
  void directExampleKeepsMarkPersistenceAndNamedPort() {
    var config = good("piranha-direct.cf", ExampleFiles.example("piranha-direct.cf"));
    var portal = config.services().getFirst();
    assertThat(portal.key()).hasToString("FWM 80");
    assertThat(portal.forwarding().persistence())
        .isEqualTo(new Persistence(Duration.ofMinutes(10), 24));
    var directory = config.services().get(1);
    assertThat(directory.key()).hasToString("TCP 198.51.100.51:389");
    assertThat(directory.check().check()).isEqualTo(new Check.Connect());
    assertThat(directory.check().rise()).isEqualTo(3);
    assertThat(directory.servers())
        .extracting(VirtualService.RealServer::method)
        .containsOnly(ForwardingMethod.DIRECT_ROUTING);
    assertThat(config.heldAddresses())
        .extracting(VirtualAddress::label)
        .isEqualTo(List.of("eth0:1", "eth0:2"));
  }
}
