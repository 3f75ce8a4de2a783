// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The hosts and the cables between them. Everything is in namespaces of its own, the bridges too,
 * so the machine it runs on sees nothing of it; {@link #close} removes all, and so does the end of
 * this program.
 */
public final class Network implements AutoCloseable {
  private static final AtomicInteger COUNT = new AtomicInteger();

  private final Janitor janitor;
  private final Host hub;
  private final Map<Node, Host> hosts = new EnumMap<>(Node.class);

  private Network(Janitor janitor, Path folder) throws IOException {
    this.janitor = janitor;
    hub = new Host(janitor.prefix() + "switch", folder.resolve("switch"));
    for (var node : Node.values()) {
      hosts.put(node, new Host(janitor.prefix() + node.word(), folder.resolve(node.word())));
    }
  }

  /**
   * Builds it.
   *
   * @param folder for the output of what runs on the hosts
   */
  public static Network open(Path folder) throws IOException {
    requireRoot();
    Files.createDirectories(folder);
    var janitor = Janitor.open(COUNT.incrementAndGet());
    var network = new Network(janitor, folder);
    try {
      network.build();
      return network;
    } catch (IOException | RuntimeException failed) {
      janitor.close();
      throw failed;
    }
  }

  /** A host. */
  public Host host(Node node) {
    return java.util.Objects.requireNonNull(hosts.get(node));
  }

  /** Where the bridges are. */
  public Host hub() {
    return hub;
  }

  /** Pulls the cables of a host, all at one moment as far as possible. */
  public void unplug(Node node, Net... nets) throws IOException {
    plug(node, "down", nets);
  }

  /** Plugs the cables in again. */
  public void plugIn(Node node, Net... nets) throws IOException {
    plug(node, "up", nets);
  }

  private void plug(Node node, String state, Net... nets) throws IOException {
    var lines = new ArrayList<String>();
    for (var net : nets) {
      lines.add("link set dev " + net.port(node.number()) + " " + state);
    }
    hub.ip(lines.toArray(String[]::new));
  }

  /** Drops, silently and without touching the carrier, what comes in on a device of a host. */
  public void deafen(Node node, Net net) throws IOException {
    host(node)
        .nft(
            "add table netdev deaf-" + net.device(),
            "add chain netdev deaf-%s in { type filter hook ingress device %s priority 0; policy drop; }"
                .formatted(net.device(), net.device()));
  }

  /** Drops, silently, what goes out on a device of a host. */
  public void mute(Node node, Net net) throws IOException {
    host(node)
        .nft(
            "add table netdev mute-" + net.device(),
            "add chain netdev mute-%s out { type filter hook egress device %s priority 0; policy drop; }"
                .formatted(net.device(), net.device()));
  }

  /** Drops, silently, the heartbeats that come in on any device of a host. */
  public void deafenToHeartbeats(Node node) throws IOException {
    host(node)
        .nft(
            "add table inet deaf",
            "add chain inet deaf in { type filter hook input priority 0; }",
            "add rule inet deaf in udp dport 539 drop");
  }

  /** A small file system of a host, under a folder. */
  Disk disk(Node node, Path folder) throws IOException {
    return Disk.mount(janitor.prefix() + node.word(), folder);
  }

  /** A freezer for processes of a host. */
  Freezer freezer(List<Long> pids) {
    return new Freezer(janitor.prefix() + "freezer", pids);
  }

  /** Ends all deafness and muteness of a host, and plugs all its cables in. */
  public void mend(Node node) throws IOException {
    host(node).nft("flush ruleset");
    plugIn(node, node.nets().toArray(Net[]::new));
  }

  /** Takes every address off a host that it does not have for good, as a reboot does. */
  public void forgetAddresses(Node node) throws IOException {
    var lines = new ArrayList<String>();
    for (var net : node.nets()) {
      lines.add("address flush dev " + net.device() + " scope global");
    }
    lines.addAll(addresses(node));
    host(node).ip(lines.toArray(String[]::new));
  }

  @Override
  public void close() throws IOException {
    hosts.values().forEach(Host::killAll);
    hub.killAll();
    janitor.close();
  }

  private void build() throws IOException {
    var names = new ArrayList<String>();
    names.add("netns add " + hub.namespace());
    hosts.values().forEach(host -> names.add("netns add " + host.namespace()));
    Commands.feed(String.join("\n", names) + "\n", List.of("ip", "-batch", "-"));
    for (var host : hosts.values()) {
      defaults(host);
    }
    defaults(hub);
    buildSwitch();
    for (var node : Node.values()) {
      configure(node);
    }
  }

  private void buildSwitch() throws IOException {
    var lines = new ArrayList<String>();
    for (var net : Net.values()) {
      lines.add("link add name " + net.bridge() + " type bridge mcast_snooping 0");
      lines.add("link set dev " + net.bridge() + " up");
    }
    for (var node : Node.values()) {
      for (var net : node.nets()) {
        lines.add(
            "link add name %s type veth peer name %s address %s netns %s"
                .formatted(
                    net.port(node.number()),
                    net.device(),
                    net.mac(node.number()),
                    host(node).namespace()));
        lines.add("link set dev %s master %s up".formatted(net.port(node.number()), net.bridge()));
      }
    }
    hub.ip(lines.toArray(String[]::new));
  }

  private void configure(Node node) throws IOException {
    var lines = new ArrayList<String>();
    lines.add("link set dev lo up");
    node.nets().forEach(net -> lines.add("link set dev " + net.device() + " up"));
    lines.addAll(addresses(node));
    host(node).ip(lines.toArray(String[]::new));
  }

  private static List<String> addresses(Node node) {
    var lines = new ArrayList<String>();
    for (var net : node.nets()) {
      lines.add("address replace %s/24 dev %s".formatted(net.ipv4(node.number()), net.device()));
      lines.add(
          "address replace %s/64 dev %s nodad".formatted(net.ipv6(node.number()), net.device()));
    }
    return lines;
  }

  /** IPv6 without waiting for duplicates or routers, and no filter on the way packets come in. */
  private static void defaults(Host host) throws IOException {
    for (var group : List.of("all", "default")) {
      host.sysctl("ipv6/conf/" + group + "/accept_dad", "0");
      host.sysctl("ipv6/conf/" + group + "/accept_ra", "0");
      host.sysctl("ipv4/conf/" + group + "/rp_filter", "0");
    }
  }

  private static void requireRoot() throws IOException {
    if (!"root".equals(System.getProperty("user.name"))) {
      throw new IOException(
          "the lab makes network namespaces and needs root: run ./verify as root, in a virtual"
              + " machine or a container with CAP_SYS_ADMIN and CAP_NET_ADMIN");
    }
  }
}
