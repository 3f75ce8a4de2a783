// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.lab;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A pair of our directors, started from what packaging laid out. */
public final class Directors implements Pair {
  private static final String NAME = "director";
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String KEY_FILE = "heartbeat.key-file=";

  /** Wrong lines, each of which a refused reload shows in several. */
  private static final int MANY = 1_000;

  private final Network network;
  private final Path folder;
  private final Path home;
  private final Profile profile;
  private final Map<Node, LogReader> readers = new EnumMap<>(Node.class);
  private Map<String, String> environment = Map.of();
  private boolean isReaderStoppable;

  /** A pair that does not run yet. */
  public Directors(Network network, Path folder, Profile profile) throws IOException {
    this.network = network;
    this.folder = folder;
    this.profile = profile;
    home = Path.of(System.getProperty("lvs-director.home", "packaging/target/lvs-director"));
    if (!Files.isExecutable(home.resolve("bin/director"))) {
      throw new IOException(
          home + " holds no director: build it with mvn package -pl packaging -am");
    }
    Files.createDirectories(folder);
    Files.writeString(lvsCf(), profile.lvsCf());
    if (!hasOwnKey()) {
      var _ = tool("keygen", key().toString());
    }
  }

  private Path key() {
    return folder.resolve("key");
  }

  private boolean hasOwnKey() {
    return profile.settings().stream().anyMatch(setting -> setting.startsWith(KEY_FILE));
  }

  /** The lvs.cf of both. */
  public Path lvsCf() {
    return folder.resolve("lvs.cf");
  }

  /** The settings of the pair. */
  public Profile profile() {
    return profile;
  }

  /** Environment variables for daemons that are started from now on. */
  public void environment(Map<String, String> variables) {
    environment = Map.copyOf(variables);
  }

  /** The output of daemons that are started from now on goes through readers. */
  public void throughReaders() {
    isReaderStoppable = true;
  }

  /**
   * Nobody reads the log of a director any more, and it says more than the pipe and its own memory
   * hold.
   */
  public void stopReader(Node node) throws IOException {
    Objects.requireNonNull(readers.get(node)).stop();
    var good = Files.readString(lvsCf());
    Files.writeString(lvsCf(), good + ("\nno_directive = " + "x".repeat(1_000)).repeat(MANY));
    try {
      Waiting.until(
          node.word() + " drops lines",
          () -> {
            reload(node);
            return status(node).at("/log/dropped").asLong() > 0;
          });
    } finally {
      Files.writeString(lvsCf(), good);
    }
  }

  /** The log of a director is read again, from where it was left. */
  public void resumeReader(Node node) {
    Objects.requireNonNull(readers.get(node)).goOn();
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void start(Node node) throws IOException {
    // Whoever runs the tests may ignore SIGHUP, and a Java that inherits that cannot hear it.
    var words = new ArrayList<>(List.of("env", "--default-signal=HUP"));
    words.addAll(command("run", "--lvs-cf", lvsCf().toString()));
    words.addAll(List.of("--set", "node=" + node.word(), "--set", "engine=proxy"));
    words.addAll(List.of("--set", "admin.socket=" + socket(node)));
    words.addAll(List.of("--set", "state-dir=" + stateFolder(node)));
    if (!hasOwnKey()) {
      words.addAll(List.of("--set", KEY_FILE + key()));
    }
    profile.settings().forEach(setting -> words.addAll(List.of("--set", setting)));
    if (isReaderStoppable) {
      readers.put(node, network.host(node).startRead(NAME, words, environment));
    } else {
      network.host(node).start(NAME, words, environment);
    }
  }

  @Override
  public boolean isRunning(Node node) {
    return network.host(node).isRunning(NAME);
  }

  @Override
  public boolean isActive(Node node) {
    return role(node).equals("ACTIVE");
  }

  @Override
  public boolean isReady(Node node) {
    var status = status(node);
    var partner = status.path("partner");
    return status.path("self").path("role").asText().equals("STANDBY")
        && status.path("self").path("isFit").asBoolean()
        && partner.path("role").asText().equals("ACTIVE");
  }

  @Override
  public void kill(Node node) {
    network.host(node).process(NAME).destroyForcibly().onExit().join();
  }

  @Override
  public List<Long> pids(Node node) {
    return List.of(network.host(node).process(NAME).pid());
  }

  /** Asks the daemon to stop, and waits until it has. */
  public void stop(Node node) throws IOException {
    var process = network.host(node).process(NAME);
    process.destroy();
    process.onExit().completeOnTimeout(process, 20, TimeUnit.SECONDS).join();
    if (process.isAlive()) {
      throw new IOException(node.word() + " does not stop:\n" + log(node));
    }
  }

  /** Does what the unit does when its daemon is dead: releases the addresses. */
  public void release(Node node) throws IOException {
    var words = new ArrayList<>(command("release-addresses", "--lvs-cf", lvsCf().toString()));
    words.addAll(List.of("--set", "admin.socket=" + socket(node)));
    words.addAll(List.of("--set", "state-dir=" + stateFolder(node)));
    network.host(node).run(words.toArray(String[]::new));
  }

  /** Lets it read lvs.cf again. */
  public void reload(Node node) throws IOException {
    var _ = ask("POST /v1/reload", socket(node));
  }

  /** Stops its threads where they are. */
  public void freeze(Node node) {
    network.host(node).signal(NAME, Syscalls.SIGSTOP);
  }

  /** Lets them go on. */
  public void thaw(Node node) {
    network.host(node).signal(NAME, Syscalls.SIGCONT);
  }

  /** Its role by its own words; empty while it does not answer. */
  public String role(Node node) {
    return status(node).path("self").path("role").asText();
  }

  @Override
  public String lateness(Node node) {
    var heartbeats = status(node).path("heartbeats");
    return String.format(
        Locale.ROOT,
        "%.1f / %.1f",
        heartbeats.path("lateMedianMicros").asLong() / 1e3,
        heartbeats.path("lateP99Micros").asLong() / 1e3);
  }

  /** The body of its {@code GET /v1/status}; an empty object while it does not answer. */
  public JsonNode status(Node node) {
    try {
      return JSON.readTree(ask("GET /v1/status", socket(node)));
    } catch (IOException noAnswer) {
      return JSON.createObjectNode();
    }
  }

  /** Orders something of the daemon of a director, such as {@code failover}; what it answers. */
  public JsonNode order(Node node, String order) throws IOException {
    return JSON.readTree(ask("POST /v1/" + order, socket(node)));
  }

  /** Runs a command against the daemon of a director, on its host, to its end. */
  public String command(Node node, String... words) throws IOException {
    var all = command(words);
    all.addAll(List.of("--socket", socket(node).toString()));
    return network.host(node).run(all.toArray(String[]::new));
  }

  /** Runs a command that needs no daemon, to its end. */
  public String tool(String... words) throws IOException {
    return Commands.run(command(words));
  }

  /** What the daemon has logged, over all its incarnations. */
  public String log(Node node) throws IOException {
    return network.host(node).said(NAME);
  }

  /** All changes of role of both since a moment, in order. */
  public List<Transition> transitions(long sinceNanos) throws IOException {
    var all = new ArrayList<Transition>();
    for (var node : List.of(Node.PRIMARY, Node.BACKUP)) {
      all.addAll(Transition.in(node, log(node)));
    }
    all.removeIf(one -> one.atNanos() - sinceNanos < -2_000_000);
    all.sort(Comparator.comparingLong(Transition::atNanos));
    return all;
  }

  /** Since when lines that fit were logged by a director after a moment. */
  public boolean hasLogged(Node node, long sinceNanos, Predicate<String> line) throws IOException {
    return log(node).lines().filter(line).anyMatch(text -> at(text) - sinceNanos >= -2_000_000);
  }

  private static long at(String line) {
    return WallClock.nanos(OffsetDateTime.parse(line.substring(0, line.indexOf(' '))).toInstant());
  }

  /** Where the daemon of a director listens for commands. */
  public Path socket(Node node) {
    return folder.resolve(node.word() + ".sock");
  }

  /** Where a director keeps its state. */
  Path stateFolder(Node node) {
    return folder.resolve(node.word());
  }

  private List<String> command(String... words) {
    var all = new ArrayList<String>();
    all.add(home.resolve("bin/director").toString());
    all.addAll(List.of(words));
    return all;
  }

  /** A daemon that is frozen never answers, so it is asked on a thread that may be left behind. */
  private static byte[] ask(String what, Path socket) throws IOException {
    if (!Files.exists(socket)) {
      throw new IOException("no socket");
    }
    var answer = new CompletableFuture<byte[]>();
    try (var channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      Thread.startVirtualThread(
          () -> {
            try {
              answer.complete(exchange(what, socket, channel));
            } catch (IOException | RuntimeException failed) {
              answer.completeExceptionally(failed);
            }
          });
      return answer.orTimeout(10, TimeUnit.SECONDS).join();
    } catch (CompletionException failed) {
      throw new IOException(failed.getCause());
    }
  }

  private static byte[] exchange(String what, Path socket, SocketChannel channel)
      throws IOException {
    channel.connect(UnixDomainSocketAddress.of(socket));
    var request = what + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
    var answer = new ByteArrayOutputStream();
    var buffer = ByteBuffer.allocate(1 << 16);
    while (channel.read(buffer) >= 0) {
      answer.write(buffer.array(), 0, buffer.position());
      buffer.clear();
    }
    var text = answer.toString(StandardCharsets.UTF_8);
    return text.substring(text.indexOf("\r\n\r\n") + 4).getBytes(StandardCharsets.UTF_8);
  }
}
