// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.lab;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The pair of a soak, its clients and its witnesses. */
final class SoakStage implements Soak.Pair, AutoCloseable {
  private static final Profile PROFILE =
      Profile.DEFAULT.with("ping_target = " + Net.PUBLIC.ipv4(Node.ROUTER.number()));

  private static final int MOST_DATAGRAMS_PER_SECOND = 200;
  private static final int CONNECTIONS_PER_SECOND = 20;

  /** A machine that is busy with other things takes minutes for the start of a daemon. */
  private static final long PATIENCE_NANOS = 300_000_000_000L;

  private final Lab<Directors> lab;
  private final Path folder;
  private final Map<Node, Disk> disks;
  private final UdpProber udp;

  /** To the router and back, which no director takes part in: how late this machine is itself. */
  private final UdpProber control;

  private final TcpProber tcp;
  private final ArpQuestions questions;
  private final Stalls stalls = Stalls.watch();
  private final Map<String, List<Resources>> resources = new LinkedHashMap<>();

  /** A time that begins, and ends later. */
  static final class Span {
    private final long fromNanos;
    private long untilNanos;

    Span(long fromNanos) {
      this.fromNanos = fromNanos;
    }

    void end() {
      untilNanos = System.nanoTime();
    }
  }

  private SoakStage(Lab<Directors> lab, Path folder, int seconds) throws IOException {
    this.lab = lab;
    this.folder = folder;
    disks = Soak.each(node -> network().disk(node, directors().stateFolder(node)));
    directors().throughReaders();
    var client = network().host(Node.CLIENT);
    var room = UdpProber.MOST / (2 * seconds + 60);
    var perSecond = Math.clamp(room, 10, MOST_DATAGRAMS_PER_SECOND);
    udp = UdpProber.start(client, Lab.service(), perSecond);
    var router = Net.PUBLIC.ipv4(Node.ROUTER.number());
    lab.echo(Node.ROUTER, router);
    control = UdpProber.start(client, new InetSocketAddress(router, Lab.PORT), perSecond);
    tcp = TcpProber.start(client, Lab.service(), CONNECTIONS_PER_SECOND);
    questions = ArpQuestions.start(Node.ROUTER, network().host(Node.ROUTER), Lab.VIRTUAL_4);
  }

  /**
   * Opens it.
   *
   * @param seconds how long it is to last, about
   */
  static SoakStage open(String name, int seconds) throws IOException {
    var folder = Path.of(System.getProperty("lab.output", "tests/lab/target/lab"), name);
    Lab<Directors> lab =
        Lab.open(name, (network, scratch) -> new Directors(network, scratch, PROFILE));
    try {
      return new SoakStage(lab, folder, seconds);
    } catch (IOException | RuntimeException failed) {
      lab.close();
      throw failed;
    }
  }

  Path folder() {
    return folder;
  }

  @Override
  public Directors directors() {
    return lab.pair();
  }

  @Override
  public Network network() {
    return lab.network();
  }

  @Override
  public Disk disk(Node node) {
    return Objects.requireNonNull(disks.get(node));
  }

  @Override
  public Path clock() {
    return folder.resolve("clock");
  }

  @Override
  public void restart(Node node, Map<String, String> environment) throws IOException {
    directors().stop(node);
    directors().environment(environment);
    try {
      lab.settle(PATIENCE_NANOS);
    } finally {
      directors().environment(Map.of());
    }
  }

  @Override
  public void failOver() throws IOException {
    var _ = directors().order(active(), "failover");
  }

  Node active() throws IOException {
    return lab.activeNode();
  }

  /** Both run, one is active, the other ready, clients are served. */
  void settle() throws IOException {
    for (var node : List.of(Node.PRIMARY, Node.BACKUP)) {
      network().mend(node);
    }
    lab.settle(PATIENCE_NANOS);
    var now = System.nanoTime();
    lab.await("service", () -> udp.isAnsweredSince(now) && tcp.isAnsweredSince(now));
  }

  /** What the witnesses saw of a fault that was ended at a moment. */
  SoakRound.Seen seen(SoakFault fault, Node node, Span span, long mendedNanos) throws IOException {
    var outage = outage(span);
    var transitions = directors().transitions(span.fromNanos);
    var dualFrom =
        fault.countsFromItsEnd() ? speaksAgain(fault, node, mendedNanos) : span.fromNanos;
    var connections = tcp.result(span.fromNanos, span.untilNanos);
    return new SoakRound.Seen(
        millis(outage.longestNanos()),
        millis(questions.dualNanos(dualFrom, span.untilNanos)),
        millis(span.untilNanos - mendedNanos),
        transitions.size(),
        connections.failed(),
        connections.slow(),
        millis(machineNanos(span)));
  }

  /** How late this machine was: with a thread, and with packets that meet no director. */
  private long machineNanos(Span span) {
    var packets = control.outage(span.fromNanos, span.untilNanos).longestNanos();
    return Math.max(packets, stalls.longestNanos(span.fromNanos, span.untilNanos));
  }

  /** An answer is too late when it is later than this machine was itself. */
  private Outage outage(Span span) {
    return udp.outage(
        span.fromNanos, span.untilNanos, UdpProber.PATIENCE_NANOS + machineNanos(span));
  }

  /** From when on a daemon that was away can do something about its kernel's addresses. */
  private long speaksAgain(SoakFault fault, Node node, long mendedNanos) throws IOException {
    return fault != SoakFault.KILL
        ? mendedNanos
        : directors().transitions(mendedNanos).stream()
            .filter(one -> one.node() == node)
            .mapToLong(Transition::atNanos)
            .findFirst()
            .orElse(mendedNanos);
  }

  /** Nothing happens while nothing is done. */
  List<String> brokenWhileQuiet(Span span) throws IOException {
    var broken = new ArrayList<String>();
    var stalled = machineNanos(span);
    var outage = outage(span).longestNanos();
    var deadtime = PROFILE.deadtimeMillis() * 1_000_000;
    if (outage > deadtime + stalled) {
      broken.add("outage of %d ms before the fault".formatted(millis(outage)));
    }
    var moved =
        directors().transitions(span.fromNanos).stream()
            .filter(one -> one.atNanos() - span.untilNanos < 0)
            .map(Transition::text)
            .toList();
    if (!moved.isEmpty()) {
      broken.add("before the fault: " + String.join(", ", moved));
    }
    if (questions.dualNanos(span.fromNanos, span.untilNanos) > 0) {
      broken.add("two answered for the address before the fault");
    }
    return broken;
  }

  /** Keeps what a director's process took when it was young, and takes now. */
  void note(Node node, Resources then, Resources now) {
    resources.put(node.word(), List.of(then, now));
  }

  /** Of each director: when it was young, and the last time. */
  Map<String, List<Resources>> resources() {
    return resources;
  }

  private static long millis(long nanos) {
    return nanos / 1_000_000;
  }

  @Override
  public void close() throws IOException {
    stalls.close();
    udp.close();
    control.close();
    tcp.close();
    questions.close();
    lab.close();
  }
}
