// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.vm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A director that knows nothing but lvs.cf makes the kernel carry what clients send to servers. */
@OnAskedKernel
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ForwardingIT {
  private static final String FOREIGN = "TCP  10.9.0.200:99 sh";
  private static final LvsCfText LVS_CF =
      new LvsCfText()
          .service("nat", "10.9.1.100", "network = nat")
          .service("nat6", "fd09:1::100", "network = nat")
          .service("direct", "10.9.0.100")
          .service("direct6", "fd09::100")
          .service("ipip", "10.9.0.101", "network = tunnel")
          .service(
              "gre",
              "10.9.0.102",
              "network = tunnel",
              "tunnel_type = gre",
              "tunnel_checksum = full")
          .service(
              "gue", "10.9.0.103", "network = tunnel", "tunnel_type = gue", "tunnel_port = 6080")
          .service(
              "summed",
              "10.9.0.108",
              "network = tunnel",
              "tunnel_type = gue",
              "tunnel_port = 6081",
              "tunnel_checksum = full")
          .service("names", "10.9.0.104", "protocol = udp", "port = 53", "check = none")
          .service("sticky", "10.9.0.105", "persistent = 60")
          .service("marked", "10.9.0.106", "fwmark = 6")
          .service("files", "10.9.0.107", "fwmark = 7", "port = 21", "persistent = 60");
  private static final int SERVERS = 12 * Network.WEBS.size();

  private final Stage stage;
  private final List<AutoCloseable> servers = new ArrayList<>();

  ForwardingIT(@TempDir Path folder) throws IOException {
    stage = Stage.open(folder, LVS_CF);
  }

  @BeforeAll
  void start() throws IOException {
    stage.ipvsadm("-A", "-t", "10.9.0.200:99", "-s", "sh");
    stage
        .network()
        .primary()
        .nft(
            "add table ip marks",
            "add chain ip marks in { type filter hook prerouting priority mangle; }",
            "add rule ip marks in ip daddr 10.9.0.106 tcp dport 80 meta mark set 6",
            "add rule ip marks in ip daddr 10.9.0.107 tcp dport { 21, 20000-20009 } meta mark set"
                + " 7");
    for (var web : Network.WEBS) {
      var host = stage.network().host(web);
      servers.add(DnsServer.start(host, new InetSocketAddress("10.9.0.104", 53), web));
      servers.add(FtpServer.start(host, 21, 20_000, web));
    }
    stage.awaitServers(SERVERS);
  }

  @AfterAll
  void stop() throws Exception {
    for (var server : servers) {
      server.close();
    }
    stage.close();
  }

  @ParameterizedTest
  @CsvSource({
    "NAT, 10.9.1.100",
    "NAT over IPv6, [fd09:1::100]",
    "direct routing, 10.9.0.100",
    "direct routing over IPv6, [fd09::100]",
    "IP in IP, 10.9.0.101",
    "GRE with checksums, 10.9.0.102",
    "GUE, 10.9.0.103",
    "GUE with checksums, 10.9.0.108",
    "a firewall mark, 10.9.0.106"
  })
  void everyServerAnswersThroughTheVirtualAddress(String method, String address)
      throws IOException {
    assertThat(answers(address, 4))
        .as(method)
        .containsExactlyInAnyOrder("web1", "web1", "web2", "web2");
  }

  @Test
  void aClientSticksToItsServerWhereThatIsWanted() throws IOException {
    assertThat(new HashSet<>(answers("10.9.0.105", 6))).hasSize(1);
  }

  @Test
  void namesAreAskedByUdp() throws IOException {
    var answers = new HashSet<String>();
    for (var i = 0; i < 4; i++) {
      answers.addAll(DnsServer.ask(stage.network().client(), "10.9.0.104", "who.test"));
    }
    assertThat(answers).containsExactlyInAnyOrder("web1", "web2");
  }

  @Test
  void filesComeByPassiveFtpFromTheServerThatTheClientLoggedInTo() throws IOException {
    var client = stage.network().client();
    for (var i = 0; i < 3; i++) {
      var said = client.run("curl", "-sS", "-v", "-m", "30", "--ftp-pasv", "ftp://10.9.0.107/name");
      var server = said.lines().filter(line -> line.matches("web[12]")).toList();
      assertThat(server).as(said).hasSize(1);
      assertThat(said).contains("220 " + server.getFirst());
    }
  }

  @Test
  void theTableLooksAsIpvsadmShowsIt() throws IOException {
    answers("10.9.1.100", 2);
    await()
        .atMost(Duration.ofMinutes(3))
        .untilAsserted(
            () -> {
              var director = stage.director();
              assertThat(director.ask("table", "-n")).isEqualTo(stage.ipvsadm("-Ln"));
              assertThat(expiringSometime(director.ask("table", "--connections")))
                  .isNotEmpty()
                  .isEqualTo(expiringSometime(stage.ipvsadm("-Lnc")));
            });
    assertThat(stage.director().ask("table", "--json")).contains("\"address\" : \"10.9.0.103\"");
  }

  @Test
  void theCountersLookAsIpvsadmShowsThem() throws IOException {
    answers("10.9.1.100", 2);
    await()
        .atMost(Duration.ofMinutes(3))
        .untilAsserted(
            () ->
                assertThat(stage.director().ask("table", "--stats"))
                    .contains("10.9.0.11:80")
                    .isEqualTo(stage.ipvsadm("-Ln", "--stats")));
    await()
        .atMost(Duration.ofMinutes(3))
        .untilAsserted(
            () ->
                assertThat(stage.director().ask("table", "--rate"))
                    .isEqualTo(stage.ipvsadm("-Ln", "--rate")));
  }

  @Test
  void theServiceOfAnotherToolIsLeftAlone() throws IOException {
    assertThat(stage.ipvsadm("-Ln")).contains(FOREIGN);
  }

  @Test
  @Order(Integer.MAX_VALUE)
  void kernelSettingsAreSetWhileADirectorRunsAndPutBackWhenItStops() throws IOException {
    assertThat(settings()).containsExactly("1", "1", "1");
    stage.director().stop();
    assertThat(settings()).as(stage.director().text()).containsExactly("0", "0", "0");
  }

  private List<String> settings() throws IOException {
    return stage
        .network()
        .primary()
        .run(
            "sysctl",
            "-n",
            "net.ipv4.ip_forward",
            "net.ipv4.vs.expire_nodest_conn",
            "net.ipv4.vs.expire_quiescent_template")
        .lines()
        .toList();
  }

  private List<String> answers(String address, int count) throws IOException {
    var answers = new ArrayList<String>();
    for (var i = 0; i < count; i++) {
      answers.add(stage.network().get(address));
    }
    return answers;
  }

  private static List<String> expiringSometime(String connections) {
    return connections
        .lines()
        .skip(2)
        .map(line -> line.replaceFirst("\\d\\d:\\d\\d", "--:--"))
        .sorted()
        .toList();
  }
}
