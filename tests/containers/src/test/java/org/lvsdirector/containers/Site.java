// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.containers;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.model.Network.Ipam;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.testcontainers.containers.Network;

/**
 * Two networks, and machines on both, three of them real servers.
 *
 * @param image what machines are made of
 * @param nets 192.0.2.0/24 and 10.10.0.0/24
 * @param open what is to be closed, the last first
 */
record Site(String image, List<Network> nets, Deque<AutoCloseable> open) {
  static final int FIRST_SERVER = 11;
  static final int SERVERS = 3;

  private static final Path TARGET = Path.of("../../packaging/target").toAbsolutePath().normalize();
  private static final String IMAGE = "lvs-director-test";

  /**
   * A machine to be.
   *
   * @param name its name
   * @param number the last byte of its addresses
   */
  record Plan(String name, int number) {}

  /** Starts the real servers. */
  static Site open(Path work, Deque<AutoCloseable> open) throws IOException {
    open.push(DockerDaemon.start(work));
    var tar = tar();
    var tag = tar.getFileName().toString().replaceAll("debian-|\\.tar", "");
    DockerDaemon.load(tar, IMAGE, tag);
    var nets = List.of(network("192.0.2.0/24"), network("10.10.0.0/24"));
    nets.forEach(open::push);
    var site = new Site(IMAGE + ":" + tag, nets, open);
    var plans = new ArrayList<Plan>();
    for (var i = 0; i < SERVERS; i++) {
      plans.add(new Plan("web" + (i + 1), FIRST_SERVER + i));
    }
    for (var server : site.machines(plans)) {
      server.must(
          "nohup /opt/lvs-director/bin/director demo-server --address $(hostname -I | grep -o '10.10.0[0-9.]*') --port 80 --name %s > /tmp/log & :"
              .formatted(server.name()));
    }
    return site;
  }

  private static Path tar() throws IOException {
    var tool = TARGET.resolve("../../tools/debian-root").normalize();
    var process =
        new ProcessBuilder(tool.toString()).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.onExit().join().exitValue() != 0) {
      throw new IOException(tool + " failed: " + said);
    }
    return Path.of(said.strip());
  }

  private static Network network(String subnet) {
    var ipam = new Ipam().withConfig(new Ipam.Config().withSubnet(subnet));
    var network =
        Network.builder().createNetworkCmdModifier(command -> command.withIpam(ipam)).build();
    assertThat(network.getId()).isNotEmpty();
    return network;
  }

  /** Starts machines, all at once, in the same order. */
  List<Machine> machines(Collection<Plan> plans) {
    var starting =
        plans.stream()
            .map(
                plan ->
                    CompletableFuture.supplyAsync(() -> machine(plan), Thread::startVirtualThread))
            .toList();
    return starting.stream().map(CompletableFuture::join).toList();
  }

  private Machine machine(Plan plan) {
    var files =
        Map.of(
            TARGET.resolve("lvs-director").toString(),
            "/opt/lvs-director",
            System.getProperty("probe.classes", ""),
            "/opt/probe",
            TARGET.toString(),
            "/opt/packages");
    var machine = Machine.start(plan, this, files);
    open.push(machine);
    return machine;
  }

  /** Closes everything: machines first, all at once. */
  static void close(Deque<AutoCloseable> open) throws Exception {
    var machines = open.stream().filter(Machine.class::isInstance).toList();
    var closing =
        machines.stream()
            .map(
                machine ->
                    CompletableFuture.runAsync(
                        ((Machine) machine)::close, Thread::startVirtualThread))
            .toList();
    closing.forEach(CompletableFuture::join);
    open.removeAll(machines);
    while (!open.isEmpty()) {
      open.pop().close();
    }
  }
}
