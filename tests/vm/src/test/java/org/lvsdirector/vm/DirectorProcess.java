// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.vm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.director.Main;
import org.lvsdirector.director.admin.AdminClient;
import org.lvsdirector.lab.Host;
import org.lvsdirector.pulse.seal.SealKey;

/** {@code director run} of the distribution on a host of the guest, and commands for it. */
final class DirectorProcess implements AutoCloseable {
  private final Host host;
  private final Path folder;
  private final List<String> settings;
  private Path home = Path.of(System.getProperty("lvs-director.home"));
  private @Nullable Process process;

  /**
   * One that is not started yet.
   *
   * @param folder where it keeps its state, socket and log
   * @param settings words after {@code director run}
   */
  DirectorProcess(Host host, Path folder, String... settings) {
    this.host = host;
    this.folder = folder;
    this.settings = List.of(settings);
  }

  /** The one that is alone, as primary, with the best engine; it sets the kernel as it needs it. */
  static DirectorProcess alone(Host host, Path folder, String lvsCf) throws IOException {
    var file = folder.resolve("lvs.cf");
    Files.writeString(file, lvsCf);
    return new DirectorProcess(
        host,
        folder,
        "--lvs-cf",
        file.toString(),
        "--set",
        "node=primary",
        "--set",
        "engine=auto",
        "--set",
        "ipvs.host-settings=set",
        "--set",
        "table.check-interval=1s");
  }

  /**
   * Starts it; its log begins anew.
   *
   * @param more words after {@code director run} for this time
   */
  void start(String... more) {
    var words = command();
    words.addAll(settings);
    words.addAll(List.of(more));
    words.addAll(List.of("--set", "admin.socket=" + socket()));
    words.addAll(List.of("--set", "state-dir=" + folder.resolve("state")));
    words.addAll(List.of("--set", "heartbeat.key-file=" + key()));
    try {
      Files.createDirectories(folder);
      writeKey();
      Files.deleteIfExists(log().toPath());
      process = new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(log()).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path key() {
    return folder.resolve("key");
  }

  /** The same for every director of the guest. */
  private void writeKey() throws IOException {
    var secret = Base64.getEncoder().encodeToString(new byte[SealKey.BYTES]);
    Files.writeString(key(), "key " + secret + "\n");
    Files.setPosixFilePermissions(key(), PosixFilePermissions.fromString("rw-------"));
  }

  /** Ends it with SIGKILL. */
  void kill() {
    if (process != null) {
      process.destroyForcibly().onExit().join();
    }
  }

  /** Has it read its files again, and waits for nothing. */
  void reload() {
    if (process != null) {
      Guest.run("kill", "-HUP", Long.toString(process.pid()));
    }
  }

  /** Ends it with SIGTERM and waits until it has ended. */
  void stop() {
    if (process != null) {
      process.destroy();
      process.onExit().join();
    }
  }

  /** From the next start on it is another copy of the distribution, with jars of its own. */
  void install(Path copy) {
    Guest.run("cp", "-as", home.toString(), copy.toString());
    Guest.run(
        "bash",
        "-c",
        "cd " + copy + "/lib && cp -p --remove-destination " + home + "/lib/director*.jar .");
    home = copy;
  }

  /** Its log since the start. */
  String text() {
    try {
      return Files.readString(log().toPath());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Its role, or nothing while it does not answer. */
  String role() {
    try {
      return new AdminClient(socket()).status().self().role().name();
    } catch (IOException | RuntimeException _) {
      return "";
    }
  }

  /** Its admin socket. */
  Path socket() {
    return folder.resolve("admin.sock");
  }

  /** What a command that talks to it prints; run in this process, for the sake of speed. */
  String ask(String... words) {
    var out = new StringWriter();
    var all = new ArrayList<>(Arrays.asList(words));
    all.addAll(List.of("--socket", socket().toString()));
    var line = Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(out));
    assertThat(line.execute(all.toArray(String[]::new))).as(out.toString()).isZero();
    return out.toString();
  }

  private List<String> command() {
    var words = new ArrayList<>(List.of("ip", "netns", "exec", host.namespace()));
    words.addAll(command(home));
    words.add("run");
    return words;
  }

  /** Runs the director command of a distribution, further options of the JVM first. */
  static List<String> command(Path home, String... options) {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var words = new ArrayList<>(List.of(java));
    words.addAll(List.of(options));
    words.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    words.add("-XX:AOTCache=" + System.getProperty("lvs-director.archive"));
    words.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "--illegal-native-access=deny",
            "--sun-misc-unsafe-memory-access=deny",
            "-Dlvs-director.home=" + home));
    words.addAll(List.of("-cp", classPath(home), "org.lvsdirector.director.Main"));
    return words;
  }

  /** In the order in which the archive of classes was made. */
  private static String classPath(Path home) {
    var jars = home.resolve("lib").toFile().list((_, name) -> name.endsWith(".jar"));
    if (jars == null) {
      throw new AssertionError("no distribution in " + home);
    }
    Arrays.sort(jars);
    return String.join(
        ":", Arrays.stream(jars).map(jar -> home.resolve("lib", jar).toString()).toList());
  }

  private File log() {
    return folder.resolve("director.log").toFile();
  }

  @Override
  public void close() {
    kill();
  }
}
