// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.lab;

import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import org.lvsdirector.linux.ArpFrame;
import org.lvsdirector.linux.NeighbourFrame;

/** A lab of our directors with clients at work, on which scenarios are played and measured. */
public final class Stage implements AutoCloseable {
  /** Answers a second: the resolution of an outage. */
  private static final int PROBES = 1000;

  private static final int SIDE_PROBES = 50;
  private static final Pattern NEIGHBOUR = Pattern.compile("lladdr (\\S+)");

  private final Lab<Directors> lab;
  private final UdpProber udp;
  private final UdpProber udp6;
  private final UdpProber fromRouter;
  private final TcpProber tcp;
  private final ArpQuestions questions;
  private final FrameWatch<ArpFrame> arp;
  private final FrameWatch<NeighbourFrame> advertisements;

  private Stage(Lab<Directors> lab) throws IOException {
    this.lab = lab;
    var client = lab.network().host(Node.CLIENT);
    var router = lab.network().host(Node.ROUTER);
    udp = UdpProber.start(client, Lab.service(), PROBES);
    udp6 = UdpProber.start(client, Lab.service6(), SIDE_PROBES);
    fromRouter = UdpProber.start(router, Lab.service(), SIDE_PROBES);
    tcp = TcpProber.start(client, Lab.service(), SIDE_PROBES);
    questions = ArpQuestions.start(Node.ROUTER, router, Lab.VIRTUAL_4);
    arp = FrameWatch.arp(client, Net.PUBLIC.device());
    advertisements = FrameWatch.advertisements(client, Net.PUBLIC.device());
  }

  /** Opens a stage; the directors do not run yet. */
  public static Stage open(String name, Profile profile) throws IOException {
    Lab<Directors> lab =
        Lab.open(name, (network, folder) -> new Directors(network, folder, profile));
    try {
      return new Stage(lab);
    } catch (IOException | RuntimeException failed) {
      lab.close();
      throw failed;
    }
  }

  /** The lab. */
  public Lab<Directors> lab() {
    return lab;
  }

  /** The directors. */
  public Directors directors() {
    return lab.pair();
  }

  /** The hosts and cables. */
  public Network network() {
    return lab.network();
  }

  /** The prober of the service over UDP and IPv4. */
  public UdpProber udp() {
    return udp;
  }

  /** The prober of the service over UDP and IPv6. */
  public UdpProber udp6() {
    return udp6;
  }

  /** The prober of the service over TCP. */
  public TcpProber tcp() {
    return tcp;
  }

  /** Who answers for the virtual address. */
  public ArpQuestions questions() {
    return questions;
  }

  /** All ARP that the client hears. */
  public FrameWatch<ArpFrame> arp() {
    return arp;
  }

  /** All neighbour advertisements that the client hears. */
  public FrameWatch<NeighbourFrame> advertisements() {
    return advertisements;
  }

  /** Mends everything and waits for a healthy pair and clients that are served. */
  public void settle() throws IOException {
    for (var director : List.of(Node.PRIMARY, Node.BACKUP)) {
      network().mend(director);
    }
    lab.settle();
    awaitService();
  }

  /** Waits until every client is served, over IPv4 and IPv6, UDP and TCP. */
  public void awaitService() throws IOException {
    var now = System.nanoTime();
    lab.await(
        "service for all clients",
        () ->
            udp.isAnsweredSince(now)
                && udp6.isAnsweredSince(now)
                && fromRouter.isAnsweredSince(now)
                && tcp.isAnsweredSince(now));
  }

  /** Waits until a director has the role and clients are served. */
  public void awaitTakeover(Node node) throws IOException {
    lab.await(node.word() + " active", () -> directors().isActive(node));
    awaitService();
  }

  /** The link-layer address that a host remembers for an address; empty when it has none. */
  public String remembered(Node node, String address) throws IOException {
    var host = network().host(node);
    var found = NEIGHBOUR.matcher(host.ip("neigh show " + address));
    return found.find() ? found.group(1) : "";
  }

  @Override
  public void close() throws IOException {
    udp.close();
    udp6.close();
    fromRouter.close();
    tcp.close();
    questions.close();
    arp.close();
    advertisements.close();
    lab.close();
  }
}
