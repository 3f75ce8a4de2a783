// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.packaging;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/**
 * Writes down which classes the commands and the daemon load, for {@link ClassArchive}. Run by hand
 * (tools/train) when libraries change or starts have become slow.
 *
 * @param home the portable folder
 * @param work a folder for what is passing
 */
record Training(Path home, Path work) {
  private static final int DAEMON_SECONDS = 12;
  private static final String LVS_CF = "etc/demo/lvs.cf";

  /** Runs everything that shall start quickly, and writes a list for each archive. */
  void write(Path lists) throws IOException {
    Tree.delete(work);
    Files.createDirectories(work);
    var socket = work.resolve("admin.sock").toString();
    var daemon =
        start(
            "daemon",
            List.of(
                "run",
                "--lvs-cf",
                LVS_CF,
                "--set",
                "node=primary",
                "--set",
                "engine=proxy",
                "--set",
                "admin.socket=" + socket,
                "--set",
                "state-dir=" + work));
    try {
      await(daemon, DAEMON_SECONDS);
      var commands = commands(socket);
      for (var i = 0; i < commands.size(); i++) {
        await(start("command" + i, commands.get(i)), DAEMON_SECONDS);
      }
    } finally {
      daemon.destroy();
      await(daemon, DAEMON_SECONDS);
      daemon.destroyForcibly();
    }
    Files.write(lists.resolve("daemon.lst"), loaded("daemon"), StandardCharsets.UTF_8);
    Files.write(lists.resolve("command.lst"), loaded("command"), StandardCharsets.UTF_8);
  }

  private static List<List<String>> commands(String socket) {
    return List.of(
        List.of("--version"),
        List.of("--help"),
        List.of("check", "etc/lvs.cf", LVS_CF),
        List.of("explain", "keepalive"),
        List.of("status", "--socket", socket),
        List.of("status", "--json", "--socket", socket),
        List.of("table", "--socket", socket),
        List.of("reload", "--socket", socket),
        List.of("doctor", "--lvs-cf", LVS_CF),
        List.of("release-addresses", "--lvs-cf", LVS_CF, "--set", "admin.socket=" + socket + "2"));
  }

  private Process start(String name, List<String> words) throws IOException {
    var command = new ArrayList<String>();
    command.add("jre/bin/java");
    command.add(name.equals("daemon") ? "-XX:+UseZGC" : "-XX:+UseSerialGC");
    command.add("-XX:DumpLoadedClassList=" + work.resolve(name + ".lst"));
    command.addAll(ClassArchive.ACCESS);
    command.add("-Djava.library.path=lib/native");
    command.addAll(List.of("-cp", "lib/" + Libraries.MAIN_JAR, "org.lvsdirector.director.Main"));
    command.addAll(words);
    return new ProcessBuilder(command)
        .directory(home.toFile())
        .redirectErrorStream(true)
        .redirectOutput(work.resolve(name + ".log").toFile())
        .start();
  }

  private static void await(Process process, int seconds) throws IOException {
    try {
      process.waitFor(seconds, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /**
   * What all lists have, sorted, without the numbers that hold for one run, without classes that no
   * archive can have, and without those of the project, which are archived anyway.
   */
  private List<String> loaded(String kind) throws IOException {
    var lines = new TreeSet<String>();
    for (var file : Tree.below(work)) {
      var name = file.getFileName().toString();
      if (name.startsWith(kind) && name.endsWith(".lst")) {
        Files.readAllLines(file).stream()
            .filter(line -> !line.startsWith("#") && !line.contains(" source: "))
            .filter(line -> !line.startsWith("@cp"))
            .filter(line -> !line.startsWith("org/lvsdirector/"))
            .filter(line -> !line.startsWith("jdk/internal/event/"))
            .map(line -> line.replaceFirst(" id: [0-9]+$", ""))
            .forEach(lines::add);
      }
    }
    return List.copyOf(lines);
  }
}
