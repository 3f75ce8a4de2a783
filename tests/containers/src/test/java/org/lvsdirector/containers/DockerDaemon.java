package org.lvsdirector.containers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/**
 * A Docker daemon of our own in a network namespace of its own: its bridges and rules never reach
 * this machine's. Its images are kept from run to run.
 */
final class DockerDaemon implements AutoCloseable {
  private static final Path SOCKET = Path.of("/tmp/lvs-director-docker.sock");
  private static final int STOP_SECONDS = 30;

  private final Process process;

  private DockerDaemon(Process process) {
    this.process = process;
  }

  /** Starts it and waits until it answers. */
  static DockerDaemon start(Path work) throws IOException {
    var cache = Path.of(System.getProperty("user.home"), ".cache/lvs-director/docker");
    Files.createDirectories(cache);
    Files.deleteIfExists(SOCKET);
    var dockerd =
        "ip link set lo up && exec dockerd --host unix://%s --data-root %s --exec-root %s --pidfile %s --log-level warn"
            .formatted(SOCKET, cache, work.resolve("exec"), work.resolve("docker.pid"));
    var process =
        new ProcessBuilder(List.of("unshare", "--net", "--mount", "sh", "-c", dockerd))
            .redirectErrorStream(true)
            .redirectOutput(work.resolve("dockerd.log").toFile())
            .start();
    var daemon = new DockerDaemon(process);
    try {
      Awaitility.await("dockerd, see " + work.resolve("dockerd.log"))
          .atMost(Duration.ofMinutes(1))
          .until(() -> process.isAlive() && Files.exists(SOCKET));
    } catch (RuntimeException e) {
      daemon.close();
      throw e;
    }
    return daemon;
  }

  /** Makes an image of a root folder in a tar file. */
  static void load(Path tar, String image) throws IOException, InterruptedException {
    var process =
        new ProcessBuilder("docker", "--host", "unix://" + SOCKET, "import", tar.toString(), image)
            .inheritIO()
            .start();
    if (process.waitFor() != 0) {
      throw new IOException("docker cannot import " + tar);
    }
  }

  @Override
  public void close() throws IOException {
    process.destroy();
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
