// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.processes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A director pair and its real servers as processes, on loopback addresses that no other lab of the
 * same run uses. Everything it started is gone after {@link #close}.
 */
final class Lab implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path HOME = Path.of(System.getProperty("lvs-director.home", "")).normalize();
  private static final int PORT = 18080;

  private final Path folder;
  private final int net;
  private final Map<String, Process> processes = new LinkedHashMap<>();
  private String javaOptions = "";

  /**
   * What a command said.
   *
   * @param status its exit status
   * @param out its standard output
   * @param err its standard error
   */
  record Said(int status, String out, String err) {}

  /**
   * A lab on 127.{@code net}.0.0/16.
   *
   * @param folder for its files
   * @param net 1 to 254
   */
  Lab(Path folder, int net) throws IOException {
    this.folder = folder;
    this.net = net;
    Files.writeString(lvsCf(), goodLvsCf());
  }

  /** Options for the Java of every command from now on. */
  void javaOptions(String options) {
    javaOptions = options;
  }

  Path lvsCf() {
    return folder.resolve("lvs.cf");
  }

  String address(String lastTwo) {
    return "127." + net + "." + lastTwo;
  }

  /** An lvs.cf that works here. */
  String goodLvsCf() throws IOException {
    return Files.readString(HOME.resolve("etc/demo/lvs.cf"))
        .replace("127.0.", "127." + net + ".")
        .replaceAll("(\\s+port\\s*=\\s*)8080", "$1" + PORT);
  }

  /** A virtual block whose address no machine of the lab has. */
  String serviceOnForeignAddress() throws IOException {
    var block = goodLvsCf().substring(goodLvsCf().indexOf("virtual web"));
    return "\n"
        + block.replace("virtual web", "virtual foreign").replace(address("0.100"), "192.0.2.99");
  }

  void startServers() throws IOException {
    for (var i = 1; i <= 3; i++) {
      startServer(i);
    }
  }

  void startServer(int number) throws IOException {
    start(
        "web" + number,
        List.of(
            "demo-server",
            "--address",
            address("0.1" + number),
            "--port",
            Integer.toString(PORT),
            "--name",
            "web" + number));
  }

  void startDirector(String node) throws IOException {
    startDirector(node, lvsCf(), Map.of());
  }

  /** Starts a director with an lvs.cf of its own and more settings of director.conf. */
  void startDirector(String node, Path lvsCf, Map<String, String> settings) throws IOException {
    start(node, run(node, lvsCf, settings));
  }

  /** Starts a director whose output is a pipe: only {@link #process} has its other end. */
  void startUnreadDirector(String node) throws IOException {
    start(node, run(node, lvsCf(), Map.of()), ProcessBuilder.Redirect.PIPE);
  }

  private List<String> run(String node, Path lvsCf, Map<String, String> settings) {
    var all = new LinkedHashMap<String, String>();
    all.put("node", node);
    all.put("engine", "proxy");
    all.put("admin.socket", socket(node).toString());
    all.put("state-dir", folder.resolve(node).toString());
    all.putAll(settings);
    var words = new ArrayList<>(List.of("run", "--lvs-cf", lvsCf.toString()));
    all.forEach((name, value) -> words.addAll(List.of("--set", name + "=" + value)));
    return words;
  }

  /** Starts a witness; it hears on the address that ends in {@code lastTwo}, port 5399. */
  void startWitness(String lastTwo, Path keyFile) throws IOException {
    start(
        "witness",
        List.of(
            "witness", "--listen", address(lastTwo) + ":5399", "--key-file", keyFile.toString()));
  }

  /** Starts a director that shows a code and waits; what it says is its log. */
  void startPairing(String name, List<String> words) throws IOException {
    var all = new ArrayList<>(List.of("pair"));
    all.addAll(words);
    start(name, all);
  }

  /** Makes a key file. */
  Path newKey() throws IOException {
    var file = folder.resolve("key");
    var said = director(List.of("keygen", file.toString()));
    if (said.status() != 0) {
      throw new IOException(said.err());
    }
    return file;
  }

  Process process(String name) {
    var process = processes.get(name);
    if (process == null) {
      throw new IllegalArgumentException("not started: " + name);
    }
    return process;
  }

  /** Sends signals of one kind, so far apart that they do not become one on their way. */
  void signal(String name, String signal, int times) throws IOException, InterruptedException {
    var script =
        "for i in $(seq %d); do sleep 0.01; kill -%s %d; done"
            .formatted(times, signal, process(name).pid());
    var said = new ProcessBuilder("sh", "-c", script).inheritIO().start().waitFor();
    if (said != 0) {
      throw new IOException("kill says " + said);
    }
  }

  /** Ends a process with SIGKILL. */
  void kill(String name) {
    process(name).destroyForcibly().onExit().join();
  }

  String log(String name) throws IOException {
    var log = folder.resolve(name + ".log");
    return Files.exists(log) ? Files.readString(log) : "";
  }

  Path socket(String node) {
    return folder.resolve(node + ".sock");
  }

  /** What the director says of itself; an empty object while it does not answer. */
  JsonNode status(String node) {
    try {
      var said = director(List.of("status", "--json", "--socket", socket(node).toString()));
      return said.status() == 0 ? JSON.readTree(said.out()) : JSON.createObjectNode();
    } catch (IOException unreadable) {
      throw new IllegalStateException(unreadable);
    }
  }

  String role(String node) {
    return status(node).path("self").path("role").asText();
  }

  /** Runs the director command to its end. */
  Said director(List<String> words) throws IOException {
    return director(words, 30);
  }

  /** Runs the director command to its end, at most so many seconds. */
  Said director(List<String> words, int seconds) throws IOException {
    var command = new ArrayList<String>();
    command.add(HOME.resolve("bin/director").toString());
    command.addAll(words);
    var out = Files.createTempFile(folder, "out", "");
    var err = Files.createTempFile(folder, "err", "");
    var builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().put("LVS_DIRECTOR_JAVA_OPTIONS", javaOptions);
    var process = builder.start();
    try {
      if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
        throw new IOException("no end within " + seconds + " s: " + words);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException(interrupted);
    }
    return new Said(process.exitValue(), Files.readString(out), Files.readString(err));
  }

  /** One HTTP request to the virtual address; the body, or empty when it failed. */
  String request() {
    try (var socket = new Socket()) {
      socket.setSoTimeout(2_000);
      socket.connect(new InetSocketAddress(address("0.100"), PORT), 2_000);
      socket.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      var body = answer.indexOf("\r\n\r\n");
      return answer.startsWith("HTTP/1.1 200") ? answer.substring(body + 4).strip() : "";
    } catch (IOException refused) {
      return "";
    }
  }

  @Override
  public void close() {
    processes.values().forEach(Process::destroy);
    for (var process : processes.values()) {
      process.onExit().completeOnTimeout(process, 10, TimeUnit.SECONDS).join();
      process.destroyForcibly().onExit().join();
    }
  }

  private void start(String name, List<String> words) throws IOException {
    var log = folder.resolve(name + ".log").toFile();
    start(name, words, ProcessBuilder.Redirect.appendTo(log));
  }

  private void start(String name, List<String> words, ProcessBuilder.Redirect output)
      throws IOException {
    // Whoever runs the tests may ignore SIGHUP, and a Java that inherits that cannot hear it.
    var command = new ArrayList<>(List.of("env", "--default-signal=HUP"));
    command.add(HOME.resolve("bin/director").toString());
    command.addAll(words);
    var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output);
    builder.environment().put("LVS_DIRECTOR_JAVA_OPTIONS", javaOptions);
    processes.put(name, builder.start());
  }
}
