package org.lvsdirector.vm;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code director run} in a network namespace of the guest, and the commands that talk to it. */
final class DirectorProcess implements AutoCloseable {
  private final String host;
  private final Path folder;
  private final Path lvsCf;
  private @Nullable Process process;

  DirectorProcess(String host, Path folder, Path lvsCf) {
    this.host = host;
    this.folder = folder;
    this.lvsCf = lvsCf;
  }

  void start() {
    var words = command("run", "--lvs-cf", lvsCf.toString());
    for (var setting :
        List.of(
            "node=primary",
            "engine=auto",
            "admin.socket=" + folder.resolve("admin.sock"),
            "state-dir=" + folder.resolve("state"))) {
      words.add("--set");
      words.add(setting);
    }
    try {
      Files.deleteIfExists(log().toPath());
      process = new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(log()).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends it with SIGKILL. */
  void kill() {
    if (process != null) {
      process.destroyForcibly().onExit().join();
    }
  }

  String text() {
    try {
      return Files.readString(log().toPath());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a command that talks to it prints. */
  String ask(String... words) {
    var all = command(words);
    all.addAll(List.of("--socket", folder.resolve("admin.sock").toString()));
    return Guest.run(all.toArray(String[]::new));
  }

  private List<String> command(String... words) {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var all =
        new ArrayList<>(
            List.of(
                "ip",
                "netns",
                "exec",
                host,
                java,
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "org.lvsdirector.director.Main"));
    all.addAll(List.of(words));
    return all;
  }

  private File log() {
    return folder.resolve("director.log").toFile();
  }

  @Override
  public void close() {
    kill();
  }
}
