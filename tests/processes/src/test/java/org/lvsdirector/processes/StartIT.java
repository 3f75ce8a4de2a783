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

/** A start does not give up on what comes by itself. */
final class StartIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder = Path.of("");

  private Lab lab;
  private Path hosts = Path.of("");

  @SuppressWarnings("NullAway.Init")
  StartIT() {}

  @BeforeEach
  void nobodyHasAName() throws IOException {
    lab = new Lab(folder, 74);
    hosts = Files.createFile(folder.resolve("hosts"));
    lab.javaOptions("-Djdk.net.hosts.file=" + hosts);
  }

  @AfterEach
  void stop() {
    lab.close();
  }

  private void name(String before, String name) throws IOException {
    assertThat(Files.readString(lab.lvsCf())).contains("= " + before + "\n");
    Files.writeString(
        lab.lvsCf(),
        Files.readString(lab.lvsCf()).replace("= " + before + "\n", "= " + name + "\n"));
  }

  private void awaitWord(String... words) {
    var status = List.of("status", "--socket", lab.socket("primary").toString());
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(lab.director(status).err()).contains("not started yet").contains(words));
  }

  private void awaitActive() throws IOException {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(lab.role("primary")).as(lab.log("primary")).isEqualTo("ACTIVE"));
  }

  @Test
  void aHostThatNobodyKnowsYetIsWaitedForAndThenRemembered() throws IOException {
    name(lab.address("0.11"), "web1.example");
    lab.startDirector("primary");
    awaitWord("lvs.cf:", "'web1.example'");

    Files.writeString(hosts, lab.address("0.11") + " web1.example\n");
    awaitActive();
    assertThat(lab.log("primary")).contains("cannot start yet", "starts now");

    lab.kill("primary");
    Files.writeString(hosts, "");
    lab.startDirector("primary");
    awaitActive();
    var server = lab.status("primary").at("/services/0/servers/0/endpoint").asText();
    assertThat(server).startsWith(lab.address("0.11") + ":");
    assertThat(lab.log("primary")).contains("LVS0061", "its last address is used");
  }

  @Test
  void aReloadWithoutNameServersKeepsTheLastAddress() throws IOException {
    name(lab.address("0.11"), "web1.example");
    Files.writeString(hosts, lab.address("0.11") + " web1.example\n");
    lab.startDirector("primary");
    awaitActive();

    Files.writeString(hosts, "");
    var said = lab.director(List.of("reload", "--socket", lab.socket("primary").toString()));

    assertThat(said.out() + said.err()).contains("LVS0061", "reloaded");
    assertThat(said.status()).isZero();
  }

  @Test
  void itsOwnAddressIsWaitedFor() throws IOException {
    name(lab.address("0.2"), "one.example");
    Files.writeString(hosts, "198.51.100.77 one.example\n");
    lab.startDirector("primary", lab.lvsCf(), Map.of("node", "auto"));
    awaitWord("neither 198.51.100.77", "of this machine");

    // Every machine has this one.
    Files.writeString(hosts, "127.0.0.1 one.example\n");
    awaitActive();
    assertThat(lab.status("primary").at("/self/node").asText()).isEqualTo("primary");
  }

  @Test
  void whoWaitsCanBeStopped() throws IOException {
    name(lab.address("0.11"), "web1.example");
    lab.startDirector("primary");
    awaitWord("'web1.example'");

    var process = lab.process("primary");
    process.destroy();

    assertThat(process.onExit().join().exitValue()).isZero();
  }

  @Test
  void aMistakeIsNotWaitedFor() throws IOException {
    name(lab.address("0.11"), "web1.example");
    name("wrr", "wrrr");
    lab.startDirector("primary");

    assertThat(lab.process("primary").onExit().join().exitValue()).isEqualTo(1);
    assertThat(lab.log("primary")).contains("wrrr").doesNotContain("cannot start yet");
  }
}
