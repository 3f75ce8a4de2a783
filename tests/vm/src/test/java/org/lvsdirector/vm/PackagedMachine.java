// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.vm;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.lvsdirector.director.admin.AdminClient;
import org.lvsdirector.director.admin.StatusReport;

/**
 * A host of {@link Network} with a Debian of its own, on which systemd runs and the DEB is
 * installed; {@code machine.sh} makes it.
 */
final class PackagedMachine {
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final String name;
  private final Path lvsCf;
  private final Path packages;
  private String firstProcess = "";

  /**
   * One that is not booted yet.
   *
   * @param lvsCf its lvs.cf
   * @param packages the folder that it sees as {@code /opt/packages}
   */
  PackagedMachine(String name, Path lvsCf, Path packages) {
    this.name = name;
    this.lvsCf = lvsCf;
    this.packages = packages;
  }

  /** Boots it, and waits until systemd takes orders: the daemon starts, since it is enabled. */
  void boot(Network network) throws IOException {
    var debian = System.getProperty("lvs-director.debian");
    var words =
        List.of(
            "bash",
            "-c",
            Resources.text("machine.sh"),
            "machine",
            name,
            debian,
            lvsCf.toString(),
            packages.toString());
    var output = network.host(name).output("machine");
    Files.createDirectories(output.getParent());
    var process =
        new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(output.toFile()).start();
    var scope = Path.of("/sys/fs/cgroup", name, "init.scope/cgroup.procs");
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              if (!process.isAlive()) {
                throw new AssertionError(Files.readString(output));
              }
              return Files.exists(scope) && !Files.readString(scope).isBlank();
            });
    firstProcess = Files.readString(scope).lines().findFirst().orElseThrow();
    await().atMost(PATIENCE).until(() -> !daemon().equals("0"));
  }

  /** Runs a shell script there, which must succeed, and returns what it printed. */
  String run(String script) {
    return Guest.run(
        "nsenter",
        "--target",
        firstProcess,
        "--mount",
        "--uts",
        "--ipc",
        "--net",
        "--pid",
        "--cgroup",
        "env",
        "-i",
        "PATH=/usr/sbin:/usr/bin:/sbin:/bin",
        "DEBIAN_FRONTEND=noninteractive",
        "LC_ALL=C",
        "sh",
        "-ec",
        script);
  }

  private Path inside(String path) {
    return Path.of("/proc", firstProcess, "root").resolve(path.substring(1));
  }

  /** What the daemon there says of itself. */
  StatusReport status() throws IOException {
    return new AdminClient(inside("/run/lvs-director/admin.sock")).status();
  }

  /** Its role, or nothing while no daemon answers. */
  String role() {
    try {
      return status().self().role().name();
    } catch (IOException | RuntimeException _) {
      return "";
    }
  }

  /** The number of the daemon's process, by its unit; 0 while it does not run. */
  String daemon() {
    return run("systemctl show --property=MainPID --value lvs-director || echo 0").strip();
  }

  /** The last lines of the journal of the unit. */
  String journal() {
    return run("journalctl --no-pager -n 60 -o cat -u lvs-director || true");
  }
}
