// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.containers;

import com.github.dockerjava.api.DockerClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.testcontainers.DockerClientFactory;

/**
 * A Docker daemon of our own in a network namespace of its own: its bridges and rules never reach
 * this machine's. Its images are kept from run to run; there is one at a time.
 */
final class DockerDaemon implements AutoCloseable {
  private static final Path SOCKET = Path.of("/tmp/lvs-director-docker.sock");
  private static final Path LOCK = Path.of("/tmp/lvs-director-docker.lock");
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final int STOP_SECONDS = 30;

  private final Process process;

  private DockerDaemon(Process process) {
    this.process = process;
  }

  /**
   * Starts it, waits until it answers, and removes what a run that was killed has left. It ends
   * when its input does, so that it does not outlive this process, and the lock not it.
   */
  static DockerDaemon start(Path work) throws IOException {
    var cache = Path.of(System.getProperty("user.home"), ".cache/lvs-director/docker");
    Files.createDirectories(cache);
    var pid = work.resolve("docker.pid");
    var script =
        """
        ip link set lo up
        exec 9>%s
        flock 9
        rm -f %s
        dockerd --host unix://%s --data-root %s --exec-root %s --pidfile %s \
          --iptables=false --ip6tables=false --log-level warn </dev/null 9>&- &
        while kill -0 $! 2>/dev/null; do
          read -rt 1 || [ $? -gt 128 ] || kill $!
        done
        wait $! || exit 0
        """
            .formatted(LOCK, SOCKET, SOCKET, cache, work.resolve("exec"), pid);
    var log = work.resolve("dockerd.log");
    var process =
        new ProcessBuilder(List.of("unshare", "--net", "--mount", "bash", "-ec", script))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    var daemon = new DockerDaemon(process);
    try {
      Awaitility.await("dockerd; another run that still lives may hold " + LOCK)
          .atMost(PATIENCE)
          .until(
              () -> {
                if (!process.isAlive()) {
                  throw new IllegalStateException(Files.readString(log));
                }
                return Files.exists(pid) && Files.exists(SOCKET);
              });
      removeLeftovers(DockerClientFactory.lazyClient());
    } catch (RuntimeException e) {
      daemon.close();
      throw e;
    }
    return daemon;
  }

  private static void removeLeftovers(DockerClient client) {
    for (var container : client.listContainersCmd().withShowAll(true).exec()) {
      client.removeContainerCmd(container.getId()).withForce(true).exec();
    }
    for (var network : client.listNetworksCmd().exec()) {
      if (!List.of("bridge", "host", "none").contains(network.getName())) {
        client.removeNetworkCmd(network.getId()).exec();
      }
    }
  }

  /** Makes an image of a root folder in a tar file, unless there is one of this tag. */
  static void load(Path tar, String image, String tag) throws IOException {
    var client = DockerClientFactory.lazyClient();
    var name = image + ":" + tag;
    if (client.listImagesCmd().withReferenceFilter(name).exec().isEmpty()) {
      for (var old : client.listImagesCmd().withReferenceFilter(image).exec()) {
        client.removeImageCmd(old.getId()).withForce(true).exec();
      }
      importImage(tar, name);
    }
  }

  /** By the command: the client library's upload of large files ends too early. */
  private static void importImage(Path tar, String name) throws IOException {
    var process =
        new ProcessBuilder("docker", "--host", "unix://" + SOCKET, "import", tar.toString(), name)
            .inheritIO()
            .start();
    if (process.onExit().join().exitValue() != 0) {
      throw new IOException("docker cannot import " + tar);
    }
  }

  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    Files.deleteIfExists(SOCKET);
  }
}
