// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.lab;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A pair of daemons on two hosts of a network, three real servers that echo, and witnesses of who
 * holds the virtual addresses.
 *
 * @param <P> whose daemons
 */
public final class Lab<P extends Pair> implements AutoCloseable {
  /** The virtual IPv4 address. */
  public static final String VIRTUAL_4 = "192.0.2.80";

  /** The virtual IPv6 address. */
  public static final String VIRTUAL_6 = "2001:db8:2::80";

  /** Of the virtual services and of the real servers. */
  public static final int PORT = 7000;

  /** The real servers. */
  static final List<Node> WEBS = List.of(Node.WEB1, Node.WEB2, Node.WEB3);

  private static final long STEADY_NANOS = 100_000_000L;
  private static final List<Node> DIRECTORS = List.of(Node.PRIMARY, Node.BACKUP);

  private final Network network;
  private final P pair;
  private final Map<Node, AddressWatch> watches = new EnumMap<>(Node.class);
  private final List<Echo> echoes = new ArrayList<>();

  /**
   * Makes the daemons of a lab.
   *
   * @param <P> whose daemons
   */
  @FunctionalInterface
  public interface PairFactory<P extends Pair> {
    /** A pair that does not run yet. */
    P on(Network network, Path folder) throws IOException;
  }

  private Lab(Network network, P pair) {
    this.network = network;
    this.pair = pair;
  }

  /** Builds a lab; the daemons do not run yet. */
  public static <P extends Pair> Lab<P> open(String name, PairFactory<P> factory)
      throws IOException {
    var output = Path.of(System.getProperty("lab.output", "tests/lab/target/lab"), name);
    clear(output);
    // Unix sockets want short paths.
    var network = Network.open(output);
    try {
      var lab = new Lab<>(network, factory.on(network, Files.createTempDirectory("lvslab")));
      for (var director : DIRECTORS) {
        lab.watches.put(director, AddressWatch.start(network.host(director)));
      }
      for (var web : WEBS) {
        lab.echo(web, Net.INNER.ipv4(web.number()));
        lab.echo(web, Net.INNER.ipv6(web.number()));
      }
      return lab;
    } catch (IOException | RuntimeException failed) {
      network.close();
      throw failed;
    }
  }

  /** The hosts and cables. */
  public Network network() {
    return network;
  }

  /** The daemons. */
  public P pair() {
    return pair;
  }

  /** Echoes on a host until the lab is closed. */
  public void echo(Node node, String address) throws IOException {
    echo(node, new InetSocketAddress(address, PORT));
  }

  /**
   * Lets both directors themselves echo on the virtual address, whoever holds it, so that what is
   * measured is where the address is and nothing else.
   */
  public InetSocketAddress echoOnDirectors() throws IOException {
    var address = new InetSocketAddress(VIRTUAL_4, PORT + 1);
    for (var director : DIRECTORS) {
      network.host(director).sysctl("ipv4/ip_nonlocal_bind", "1");
      echo(director, address);
    }
    return address;
  }

  private void echo(Node node, InetSocketAddress address) throws IOException {
    echoes.add(Echo.start(network.host(node), address));
  }

  /** Cuts the power of a director: its cables are dead and its memory is gone. */
  public void powerOff(Node node) throws IOException {
    network.unplug(node, Net.values());
    pair.kill(node);
    network.forgetAddresses(node);
  }

  /** Gives the power back: a host with its own addresses only, and nothing runs. */
  public void powerOn(Node node) throws IOException {
    network.plugIn(node, Net.values());
  }

  /** Starts what does not run, and waits until one is active and the other ready. */
  public void settle() throws IOException {
    settle(Waiting.PATIENCE_NANOS);
  }

  /** The same on a machine that is slow. */
  void settle(long patienceNanos) throws IOException {
    for (var director : DIRECTORS) {
      if (!pair.isRunning(director)) {
        pair.start(director);
      }
    }
    await("one active and one ready director", patienceNanos, this::isSteady);
  }

  /** Two that start at the same time may both be active for a moment. */
  private boolean isSteady() throws IOException {
    for (var i = 0; i < 4; i++) {
      if (!DIRECTORS.stream().allMatch(pair::isRunning)) {
        throw new IOException("a daemon has ended by itself" + story());
      }
      var active = active();
      if (active == null || !pair.isReady(active.other())) {
        return false;
      }
      Waiting.nanos(STEADY_NANOS);
    }
    return true;
  }

  private @org.jspecify.annotations.Nullable Node active() throws IOException {
    for (var director : DIRECTORS) {
      if (pair.isActive(director)) {
        return director;
      }
    }
    return null;
  }

  /** The active director; fails when there is none. */
  public Node activeNode() throws IOException {
    return Objects.requireNonNull(active(), "no director is active");
  }

  /** When a director's kernel had a virtual address. */
  public List<AddressWatch.Held> held(Node node, String address) throws IOException {
    return Objects.requireNonNull(watches.get(node)).held(address);
  }

  /** Since when a director holds the virtual IPv4 address after a moment; -1 for not at all. */
  public long heldAfter(Node node, long sinceNanos) throws IOException {
    for (var held : held(node, VIRTUAL_4)) {
      if (held.fromNanos() - sinceNanos > 0) {
        return held.fromNanos();
      }
    }
    return -1;
  }

  /** For how long both held the virtual IPv4 address, counted between two moments. */
  public long bothHeldNanos(long fromNanos, long untilNanos) throws IOException {
    return AddressWatch.Held.overlap(
        held(Node.PRIMARY, VIRTUAL_4), held(Node.BACKUP, VIRTUAL_4), fromNanos, untilNanos);
  }

  /** Where the service is for clients. */
  public static InetSocketAddress service() {
    return new InetSocketAddress(VIRTUAL_4, PORT);
  }

  /** The same over IPv6. */
  public static InetSocketAddress service6() {
    return new InetSocketAddress(VIRTUAL_6, PORT);
  }

  /** Waits, with patience for a busy machine, and tells what was awaited when it does not come. */
  void await(String what, Waiting.Condition condition) throws IOException {
    await(what, Waiting.PATIENCE_NANOS, condition);
  }

  private void await(String what, long patienceNanos, Waiting.Condition condition)
      throws IOException {
    try {
      Waiting.until(what, patienceNanos, condition);
    } catch (IOException late) {
      throw new IOException(late.getMessage() + story(), late);
    }
  }

  private String story() throws IOException {
    var story = new StringBuilder();
    for (var director : DIRECTORS) {
      var said = network.host(director).said(pair.name());
      story.append("\n--- ").append(director.word()).append(", the end of its log:\n");
      story.append(said.substring(Math.max(0, said.length() - 3000)));
    }
    return story.toString();
  }

  @Override
  public void close() throws IOException {
    for (var echo : echoes) {
      echo.close();
    }
    network.close();
  }

  private static void clear(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
