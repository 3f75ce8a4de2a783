// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** A host: a network namespace, entered by processes and by threads of this program. */
public final class Host {
  private final String namespace;
  private final Path folder;
  private final Map<String, Process> processes = new LinkedHashMap<>();

  /**
   * The host of a namespace that exists; what is started on it says its words into files of the
   * folder.
   */
  public Host(String namespace, Path folder) throws IOException {
    Files.createDirectories(folder);
    this.namespace = namespace;
    this.folder = folder;
  }

  /** The name that {@code ip netns} knows. */
  public String namespace() {
    return namespace;
  }

  /** Where the output of a process goes. */
  public Path output(String name) {
    return folder.resolve(name + ".log");
  }

  /** The output of a process so far. */
  public String said(String name) throws IOException {
    return Files.exists(output(name)) ? Files.readString(output(name)) : "";
  }

  /** Runs a command on it to its end. */
  public String run(String... words) throws IOException {
    return Commands.run(inside(List.of(words)));
  }

  /** Runs lines of {@code ip} on it, all in one process. */
  public String ip(String... lines) throws IOException {
    return Commands.feed(
        String.join("\n", lines) + "\n", List.of("ip", "-n", namespace, "-batch", "-"));
  }

  /** Runs lines of {@code nft} on it. */
  public void nft(String... lines) throws IOException {
    Commands.feed(String.join("\n", lines) + "\n", inside(List.of("nft", "-f", "-")));
  }

  /** Sets a kernel setting of its network, named from below {@code /proc/sys/net}. */
  public void sysctl(String name, String value) throws IOException {
    call(
        () -> {
          Files.writeString(Path.of("/proc/sys/net").resolve(name), value);
          return name;
        });
  }

  /** Starts a process on it; its output is kept. A process of the same name must have ended. */
  public Process start(String name, List<String> words, Map<String, String> environment)
      throws IOException {
    var file = ProcessBuilder.Redirect.appendTo(output(name).toFile());
    return start(name, words, environment, file);
  }

  /** The same, but its output goes through a reader that can be stopped. */
  LogReader startRead(String name, List<String> words, Map<String, String> environment)
      throws IOException {
    var process = start(name, words, environment, ProcessBuilder.Redirect.PIPE);
    return LogReader.start(namespace + "/" + name, process, output(name));
  }

  private Process start(
      String name,
      List<String> words,
      Map<String, String> environment,
      ProcessBuilder.Redirect output)
      throws IOException {
    var before = processes.get(name);
    if (before != null && before.isAlive()) {
      throw new IllegalStateException(name + " runs already");
    }
    var builder =
        new ProcessBuilder(inside(words)).redirectErrorStream(true).redirectOutput(output);
    builder.environment().putAll(environment);
    var process = builder.start();
    processes.put(name, process);
    return process;
  }

  /** A process by its name. */
  public Process process(String name) {
    var process = processes.get(name);
    if (process == null) {
      throw new IllegalArgumentException("not started: " + name);
    }
    return process;
  }

  /** Whether a process of that name runs. */
  public boolean isRunning(String name) {
    var process = processes.get(name);
    return process != null && process.isAlive();
  }

  /** Sends a signal to a process. */
  void signal(String name, int signal) {
    Syscalls.kill(process(name).pid(), signal);
  }

  /** Kills everything that was started on it, at once. */
  public void killAll() {
    for (var process : processes.values()) {
      process.destroyForcibly();
    }
    for (var process : processes.values()) {
      process.onExit().completeOnTimeout(process, 10, TimeUnit.SECONDS).join();
    }
  }

  /** Does something on a thread that is on this host: sockets it opens belong to the host. */
  public <T> T call(Callable<T> work) throws IOException {
    var result = new CompletableFuture<T>();
    thread(
        "call",
        () -> {
          try {
            result.complete(work.call());
          } catch (Exception failed) {
            result.completeExceptionally(failed);
          }
        });
    return join(result);
  }

  /** Starts a thread that is on this host for good. */
  public void thread(String name, Runnable body) throws IOException {
    var entered = new CompletableFuture<Boolean>();
    var _ =
        Thread.ofPlatform()
            .daemon()
            .name(namespace + "/" + name)
            .start(
                () -> {
                  try {
                    Syscalls.enter(Path.of("/run/netns", namespace));
                    entered.complete(true);
                  } catch (IOException | RuntimeException failed) {
                    entered.completeExceptionally(failed);
                    return;
                  }
                  body.run();
                });
    join(entered);
  }

  private <T> T join(CompletableFuture<T> result) throws IOException {
    try {
      return result.join();
    } catch (CompletionException failed) {
      throw new IOException(namespace + ": " + failed.getCause(), failed.getCause());
    }
  }

  private List<String> inside(List<String> words) {
    var all = new ArrayList<>(List.of("ip", "netns", "exec", namespace));
    all.addAll(words);
    return all;
  }
}
