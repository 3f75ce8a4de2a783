// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.demo;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The processes and files of one demo; none of them outlives {@link #close}. */
final class Processes implements AutoCloseable {
  private static final int GRACE_SECONDS = 5;

  private final Path folder;
  private final Path launcher;
  private final Map<String, Process> running = new LinkedHashMap<>();
  private boolean isClosed;

  /**
   * Makes a temporary folder.
   *
   * @param launcher the {@code director} command
   */
  Processes(Path launcher) throws IOException {
    this.launcher = launcher;
    folder = Files.createTempDirectory("lvs-director-demo");
  }

  /** The folder of sockets and logs, deleted at the end. */
  Path folder() {
    return folder;
  }

  /** The log of a process. */
  Path log(String name) {
    return folder.resolve(name + ".log");
  }

  /** Starts the director command with these words; its output goes to its log. */
  synchronized Process start(String name, List<String> words) throws IOException {
    if (isClosed) {
      throw new IOException("the demo is ending");
    }
    var command = new ArrayList<String>();
    command.add(launcher.toString());
    command.addAll(words);
    File log = log(name).toFile();
    var process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
            .start();
    running.put(name, process);
    return process;
  }

  /** Kills a process with SIGKILL and waits until it is gone. */
  synchronized void kill(String name) {
    var process = running.remove(name);
    if (process != null) {
      process.destroyForcibly();
      await(process);
    }
  }

  synchronized boolean isAlive(String name) {
    var process = running.get(name);
    return process != null && process.isAlive();
  }

  synchronized long pid(String name) {
    var process = running.get(name);
    return process == null ? -1 : process.pid();
  }

  /**
   * Ends every process, politely and then not, and deletes the folder. Repeating it is harmless.
   */
  @Override
  public synchronized void close() {
    if (isClosed) {
      return;
    }
    isClosed = true;
    running.values().forEach(Process::destroy);
    for (var process : running.values()) {
      if (!await(process)) {
        process.destroyForcibly();
        await(process);
      }
    }
    deleteFolder();
  }

  private void deleteFolder() {
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException left) {
      throw new UncheckedIOException("could not delete " + folder, left);
    }
  }

  /** Returns whether the process ended within the grace period. */
  private static boolean await(Process process) {
    var isInterrupted = false;
    try {
      while (true) {
        try {
          return process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException again) {
          isInterrupted = true;
        }
      }
    } finally {
      if (isInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
