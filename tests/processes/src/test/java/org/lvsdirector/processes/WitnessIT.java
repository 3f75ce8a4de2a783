// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two directors that cannot hear each other at all, and a witness that both reach. They differ in
 * {@code heartbeat_port}, which parts them as a cut network would.
 */
final class WitnessIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration LONG_ENOUGH = Duration.ofSeconds(4);

  @TempDir Path folder = Path.of("");

  private Lab lab;
  private Path key = Path.of("");

  @SuppressWarnings("NullAway.Init")
  WitnessIT() {}

  @BeforeEach
  void startAll() throws IOException {
    lab = new Lab(folder, 73);
    key = lab.newKey();
    lab.startWitness("0.9", key);
    startDirector("primary", 5391);
    startDirector("backup", 5392);
  }

  @AfterEach
  void stopAll() {
    lab.close();
  }

  @Test
  void ofTwoPartedDirectorsOneIsActiveWhateverDies() throws IOException {
    await().atMost(PATIENCE).until(() -> actives() == 1);
    assertThat(lab.status("primary").at("/partner/isAlive").asBoolean()).isFalse();
    assertThat(lab.status(active()).at("/evidence/isLeaseHeld").asBoolean()).isTrue();
    await().during(LONG_ENOUGH).atMost(PATIENCE).until(() -> actives() == 1);

    var dead = active();
    lab.kill(dead);
    var other = dead.equals("primary") ? "backup" : "primary";
    await().atMost(PATIENCE).until(() -> lab.role(other).equals("ACTIVE"));
    startDirector(dead, dead.equals("primary") ? 5391 : 5392);
    await().atMost(PATIENCE).until(() -> lab.role(dead).equals("STANDBY"));
    await().during(LONG_ENOUGH).atMost(PATIENCE).until(() -> lab.role(other).equals("ACTIVE"));
    assertThat(lab.role(dead)).isNotEqualTo("ACTIVE");

    lab.kill("witness");
    await().atMost(PATIENCE).until(() -> actives() == 0);
    assertThat(lab.log(other)).contains("cause=lease-lost");
    lab.startWitness("0.9", key);
    await().atMost(PATIENCE).until(() -> actives() == 1);
  }

  private long actives() {
    return List.of("primary", "backup").stream()
        .filter(node -> lab.role(node).equals("ACTIVE"))
        .count();
  }

  private String active() {
    return lab.role("primary").equals("ACTIVE") ? "primary" : "backup";
  }

  private void startDirector(String node, int port) throws IOException {
    var lvsCf = folder.resolve(node + ".cf");
    Files.writeString(
        lvsCf,
        """
        primary = NET.0.2
        backup = NET.0.3
        backup_active = 1
        heartbeat_port = PORT
        keepalive = 100ms
        deadtime = 1.55s
        witness = NET.0.9:5399
        service = fos
        failover nothing {
          active = 1
          address = NET.0.21 lo:1
          vip_nmask = 255.255.255.255
          port = 21
          start_cmd = "true"
          stop_cmd = "true"
        }
        """
            .replace("NET", lab.address("").replaceAll("\\.$", ""))
            .replace("PORT", Integer.toString(port)));
    lab.startDirector(node, lvsCf, Map.of("heartbeat.key-file", key.toString()));
  }
}
