// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.vm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.lvsdirector.lab.Echo;

/**
 * Servers of echoes behind a UDP service that quiesces, one of which dies: no flow stays with it.
 */
final class DeadServer implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final int PORT = 7;
  private static final int FLOWS = 6;
  private static final int WORDS = 10 * FLOWS;

  private final Stage stage;
  private final List<Echo> echoes = new ArrayList<>();

  private DeadServer(Stage stage) {
    this.stage = stage;
  }

  /** Adds the service, checked by connections to the same port. */
  static LvsCfText service(LvsCfText lvsCf, String address) {
    return lvsCf.service(
        "quiescing",
        address,
        "network = nat",
        "port = " + PORT,
        "protocol = udp",
        "check = tcp",
        "quiesce_server = 1");
  }

  /** Starts the servers. */
  static DeadServer open(Stage stage) throws IOException {
    var servers = new DeadServer(stage);
    for (var i = 0; i < Network.WEBS.size(); i++) {
      var host = stage.network().host(Network.WEBS.get(i));
      servers.echoes.add(Echo.start(host, new InetSocketAddress("10.9.0.1" + (i + 1), PORT)));
    }
    return servers;
  }

  /** Begins flows at both servers and ends the first one: in the end the other answers them all. */
  void die(String address) throws IOException {
    awaitState("UP");
    try (var flows =
        Flows.udp(stage.network().client(), new InetSocketAddress(address, PORT), FLOWS)) {
      await()
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(flows.count().answered()).isGreaterThanOrEqualTo(WORDS));
      end();
      awaitState("DOWN");
      awaitWords(flows);
      flows.pause();
      settle(flows);
      var before = flows.count();
      flows.resume();
      awaitWords(flows);
      flows.pause();
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> {
                var count = flows.count();
                assertThat(count.answered() - before.answered())
                    .as("%s%n%s", count, stage.director().ask("status"))
                    .isEqualTo(count.sent() - before.sent());
                assertThat(count.broken()).isZero();
              });
    }
  }

  /** The first server refuses connections and is silent to datagrams. */
  private void end() throws IOException {
    stage
        .network()
        .host(Network.WEBS.getFirst())
        .nft(
            "add table ip dead",
            "add chain ip dead in { type filter hook input priority 0; }",
            "add rule ip dead in udp dport " + PORT + " drop");
    echoes.removeFirst().close();
  }

  /** What the checks say of the first server. */
  private void awaitState(String state) {
    await()
        .atMost(PATIENCE)
        .pollInterval(POLL)
        .untilAsserted(
            () ->
                assertThat(stage.director().ask("status"))
                    .containsPattern("10\\.9\\.0\\.11:" + PORT + " +" + state));
  }

  /** Some more words of each flow are sent. */
  private static void awaitWords(Flows flows) {
    var sent = flows.count().sent() + WORDS;
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(flows.count().sent()).isGreaterThanOrEqualTo(sent));
  }

  /** Nothing comes back any more of what was sent. */
  private static void settle(Flows flows) {
    await().atMost(PATIENCE).during(Duration.ofSeconds(2)).until(steady(flows));
  }

  private static Callable<Boolean> steady(Flows flows) {
    var last = new long[] {-1};
    return () -> {
      var now = flows.count().answered() + flows.count().sent();
      var isSame = now == last[0];
      last[0] = now;
      return isSame;
    };
  }

  @Override
  public void close() throws IOException {
    for (var echo : echoes) {
      echo.close();
    }
  }
}
