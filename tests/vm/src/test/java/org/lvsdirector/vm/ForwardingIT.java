package org.lvsdirector.vm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A director that knows nothing but lvs.cf makes the kernel carry HTTP from clients to servers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ForwardingIT {
  private static final int SERVICES = 7;
  private static final int SERVERS = 2 * SERVICES;
  private static final String FOREIGN = "TCP  10.9.0.200:99 sh";

  private final DirectorProcess director;

  ForwardingIT(@TempDir Path folder) throws IOException {
    var lvsCf = folder.resolve("lvs.cf");
    Files.writeString(lvsCf, resource("lvs.cf"));
    director = new DirectorProcess("director", folder, lvsCf);
  }

  @BeforeAll
  void start() throws IOException {
    Guest.run("bash", "-c", resource("network.sh"));
    onDirector("ipvsadm", "-A", "-t", "10.9.0.200:99", "-s", "sh");
    director.start();
    awaitWholeTable();
  }

  @AfterAll
  void stop() {
    director.close();
    for (var host : List.of("client", "director", "web1", "web2", "lan")) {
      Guest.run("bash", "-c", "ip netns pids " + host + " | xargs -r kill; ip netns del " + host);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "NAT, 10.9.1.100",
    "NAT over IPv6, [fd09:1::100]",
    "direct routing, 10.9.0.100",
    "direct routing over IPv6, [fd09::100]",
    "IP in IP, 10.9.0.101",
    "GRE, 10.9.0.102",
    "GUE, 10.9.0.103"
  })
  void everyServerAnswersThroughTheVirtualAddress(String method, String address) {
    var answers = new ArrayList<String>();
    for (var i = 0; i < 4; i++) {
      answers.add(get(address));
    }
    assertThat(answers).as(method).containsExactlyInAnyOrder("web1", "web1", "web2", "web2");
  }

  @Test
  void theTableLooksAsIpvsadmShowsIt() {
    get("10.9.1.100");
    assertThat(director.ask("table", "-n")).isEqualTo(onDirector("ipvsadm", "-Ln"));
    assertThat(expiringSometime(director.ask("table", "--connections")))
        .isNotEmpty()
        .isEqualTo(expiringSometime(onDirector("ipvsadm", "-Lnc")));
    assertThat(director.ask("table", "--json")).contains("\"address\" : \"10.9.0.103\"");
  }

  @Test
  void theCountersLookAsIpvsadmShowsThem() {
    get("10.9.1.100");
    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(
            () ->
                assertThat(director.ask("table", "--stats"))
                    .contains("10.9.0.11:80")
                    .isEqualTo(onDirector("ipvsadm", "-Ln", "--stats")));
    assertThat(director.ask("table", "--rate").lines().map(line -> line.split(" +")[1]).toList())
        .isEqualTo(
            onDirector("ipvsadm", "-Ln", "--rate").lines().map(l -> l.split(" +")[1]).toList());
  }

  @Test
  void whatSomebodyElseClearsAndChangesIsRepaired() {
    onDirector("ipvsadm", "-d", "-t", "10.9.1.100:80", "-r", "10.9.0.11:80");
    onDirector("ipvsadm", "-e", "-t", "10.9.0.100:80", "-r", "10.9.0.12:80", "-g", "-w", "9");
    onDirector("ipvsadm", "-D", "-t", "10.9.0.102:80");
    onDirector("ipvsadm", "-e", "-t", "10.9.0.101:80", "-r", "10.9.0.12:80", "-m", "-w", "1");
    awaitWholeTable();
    assertThat(director.text()).contains("drift: somebody else made");
  }

  @Test
  void aDirectorThatReturnsWritesNothing() {
    get("10.9.1.100");
    var before = onDirector("ipvsadm", "-Sn");
    director.kill();
    assertThat(get("10.9.1.100")).as("the kernel forwards alone").startsWith("web");
    assertThat(get("10.9.0.101")).startsWith("web");
    director.start();
    await()
        .atMost(Duration.ofMinutes(2))
        .untilAsserted(() -> assertThat(director.text()).contains("fitness unknown->"));
    assertThat(director.text().lines().filter(line -> line.contains(" table "))).isEmpty();
    assertThat(onDirector("ipvsadm", "-Sn")).isEqualTo(before);
  }

  @Test
  void theServiceOfAnotherToolIsLeftAlone() {
    assertThat(onDirector("ipvsadm", "-Ln")).contains(FOREIGN);
  }

  private void awaitWholeTable() {
    await()
        .atMost(Duration.ofSeconds(150))
        .untilAsserted(
            () -> {
              var table = onDirector("ipvsadm", "-Ln").lines().toList();
              assertThat(table).as(director.text()).contains(FOREIGN);
              assertThat(table.stream().filter(ForwardingIT::isWhole))
                  .as("%s%n%s", table, director.text())
                  .hasSize(SERVERS);
              assertThat(table.stream().filter(line -> line.contains("Masq"))).hasSize(4);
              assertThat(table.stream().filter(line -> line.contains("Route"))).hasSize(4);
              assertThat(table.stream().filter(line -> line.contains("Tunnel"))).hasSize(6);
            });
  }

  /** A server with weight 1. */
  private static boolean isWhole(String line) {
    return line.matches("  -> \\S+ +(Masq|Route|Tunnel) +1 .*");
  }

  private static List<String> expiringSometime(String connections) {
    return connections
        .lines()
        .skip(2)
        .map(line -> line.replaceFirst("\\d\\d:\\d\\d", "--:--"))
        .sorted()
        .toList();
  }

  private static String get(String address) {
    return Guest.run(
            "ip", "netns", "exec", "client", "curl", "-gsS", "-m", "10", "http://" + address + "/")
        .strip();
  }

  private static String onDirector(String... words) {
    var all = new ArrayList<>(List.of("ip", "netns", "exec", "director"));
    all.addAll(List.of(words));
    return Guest.run(all.toArray(String[]::new));
  }

  private static String resource(String name) throws IOException {
    try (var in = Objects.requireNonNull(ForwardingIT.class.getResourceAsStream(name))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
