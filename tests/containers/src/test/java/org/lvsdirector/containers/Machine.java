// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.containers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.model.Capability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.BindMode;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.startupcheck.IsRunningStartupCheckStrategy;
import org.testcontainers.utility.DockerImageName;

/** A machine on both networks, with systemd, and what a director may do. */
final class Machine implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Where systemd keeps its groups: a hierarchy of its own, or the only one. */
  private static final String CGROUP =
      Files.isDirectory(Path.of("/sys/fs/cgroup/systemd"))
          ? "/sys/fs/cgroup/systemd"
          : "/sys/fs/cgroup";

  /**
   * Docker connects a machine that starts again to its networks in any order; a real machine's
   * interfaces keep their names.
   */
  private static final String NAMES =
      """
      [Unit]
      Description=eth0 is on the first network, eth1 on the second
      DefaultDependencies=no
      Before=lvs-director.service
      ConditionPathExists=/sys/class/net/eth1
      [Service]
      Type=oneshot
      ExecStart=/bin/sh -ec 'ip -br -4 address show dev eth1 | grep -q " 192.0.2" || exit 0; \
        for i in 0 1; do ip link set eth$$i down; ip link set eth$$i name net$$i; done; \
        for i in 0 1; do ip link set net$$i name eth$$((1-i)); ip link set eth$$((1-i)) up; done'
      [Install]
      WantedBy=multi-user.target
      """;

  private final String name;
  private final GenericContainer<?> container;

  /**
   * What a command came to.
   *
   * @param status its exit status
   * @param text what it printed on both streams
   */
  record Ran(int status, String text) {}

  private Machine(String name, GenericContainer<?> container) {
    this.name = name;
    this.container = container;
  }

  /**
   * Starts one.
   *
   * @param plan which
   * @param site its first network is eth0, the second eth1
   * @param files folders of this machine to be seen in it, by where
   */
  static Machine start(Site.Plan plan, Site site, Map<String, String> files) {
    var name = plan.name();
    var nets = site.nets();
    var number = plan.number();
    var container =
        new GenericContainer<>(DockerImageName.parse(site.image()))
            .withImagePullPolicy(_ -> false)
            .withNetwork(nets.getFirst())
            .withCommand("/lib/systemd/systemd")
            .withEnv("container", "docker")
            .withTmpFs(Map.of("/run", "rw", "/run/lock", "rw", "/tmp", "rw,exec"))
            .withFileSystemBind(CGROUP, CGROUP, BindMode.READ_WRITE)
            .withStartupCheckStrategy(new IsRunningStartupCheckStrategy())
            .withCreateContainerCmdModifier(
                command -> {
                  command.withHostName(name).withIpv4Address("192.0.2." + number);
                  command.withTty(true).withStopSignal("SIGRTMIN+3");
                  var host = command.getHostConfig();
                  if (host != null) {
                    host.withCgroupnsMode("host")
                        .withSecurityOpts(List.of("seccomp=unconfined"))
                        .withCapAdd(
                            Capability.SYS_ADMIN,
                            Capability.NET_ADMIN,
                            Capability.NET_RAW,
                            Capability.SYS_NICE);
                  }
                });
    files.forEach((here, there) -> container.withFileSystemBind(here, there, BindMode.READ_ONLY));
    container.start();
    var machine = new Machine(name, container);
    DockerClientFactory.lazyClient()
        .connectToNetworkCmd()
        .withContainerId(container.getContainerId())
        .withNetworkId(nets.getLast().getId())
        .withContainerNetwork(
            new com.github.dockerjava.api.model.ContainerNetwork()
                .withIpamConfig(
                    new com.github.dockerjava.api.model.ContainerNetwork.Ipam()
                        .withIpv4Address("10.10.0." + number))
                .withIpv4Address("10.10.0." + number))
        .exec();
    machine.write("/etc/systemd/system/names.service", NAMES);
    machine.must("systemctl --root=/ enable names");
    return machine;
  }

  String name() {
    return name;
  }

  boolean isRunning() {
    return container.isRunning();
  }

  /** Runs a shell script there. */
  Ran run(String script) {
    try {
      var ran = container.execInContainer("sh", "-c", script + " 2>&1");
      return new Ran(ran.getExitCode(), ran.getStdout() + ran.getStderr());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(name + ": " + script, e);
    }
  }

  /** Runs a shell script that must succeed, and returns what it printed. */
  String must(String script) {
    var ran = run(script);
    assertThat(ran.status()).as("%s: %s%n%s", name, script, ran.text()).isZero();
    return ran.text();
  }

  /** Writes a file there. */
  void write(String path, String text) {
    must("cat > " + path + " <<'END-OF-FILE'\n" + text + "END-OF-FILE\n:");
  }

  /** The role of the director there; empty when none answers. */
  String role() {
    var ran = run("director status --json");
    if (ran.status() != 0) {
      return "";
    }
    try {
      return JSON.readTree(ran.text()).path("self").path("role").asText();
    } catch (IOException _) {
      return "";
    }
  }

  /** What the director there says of itself. */
  JsonNode status() throws IOException {
    return JSON.readTree(must("director status --json"));
  }

  /** Shuts the machine down in order. */
  void shutDown() {
    DockerClientFactory.lazyClient().stopContainerCmd(container.getContainerId()).exec();
  }

  /** Takes the power away. */
  void kill() {
    DockerClientFactory.lazyClient().killContainerCmd(container.getContainerId()).exec();
  }

  /** Switches it on again. */
  void boot() {
    DockerClientFactory.lazyClient().startContainerCmd(container.getContainerId()).exec();
  }

  @Override
  public void close() {
    container.stop();
  }
}
