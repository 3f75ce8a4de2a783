// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.addresses;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/** Two directors and a client on one Ethernet, each in a network namespace of its own. */
final class Wire implements AutoCloseable {
  static final String MAC_A = "02:00:00:00:00:0a";
  static final String MAC_B = "02:00:00:00:00:0b";

  private final Deque<Namespace> opened = new ArrayDeque<>();
  final Namespace a;
  final Namespace b;
  final Namespace client;
  private final Namespace lan;

  Wire() {
    try {
      lan = open("lan");
      lan.ip("link", "add", "br0", "type", "bridge");
      lan.ip("link", "set", "br0", "up");
      a = host("a", MAC_A, 10);
      b = host("b", MAC_B, 11);
      client = host("client", "02:00:00:00:00:0c", 12);
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  private Namespace open(String name) {
    var namespace = new Namespace(name);
    opened.push(namespace);
    return namespace;
  }

  private Namespace host(String name, String mac, int number) {
    var host = open(name);
    plug(host, name, "eth0", mac);
    host.ip("addr", "add", "192.0.2." + number + "/24", "dev", "eth0");
    host.ip("addr", "add", "2001:db8::" + number + "/64", "dev", "eth0", "nodad");
    return host;
  }

  /** Connects a host with the Ethernet. */
  void plug(Namespace host, String name, String device, String mac) {
    var port = name + device;
    lan.ip("link", "add", port, "type", "veth", "peer", "name", "away", "address", mac);
    lan.ip("link", "set", "away", "netns", host.path());
    host.ip("link", "set", "away", "name", device);
    // Duplicate address detection of link-local addresses would take a second.
    set(host, "ipv6/conf/" + device + "/accept_dad", "0");
    host.ip("link", "set", device, "up");
    lan.ip("link", "set", port, "master", "br0");
    lan.ip("link", "set", port, "up");
  }

  /** Pulls the plug, or puts it in again. */
  void carrier(String name, String device, boolean isThere) {
    lan.ip("link", "set", name + device, isThere ? "up" : "down");
  }

  static void set(Namespace host, String setting, String value) {
    host.in(() -> Files.writeString(Path.of("/proc/sys/net", setting), value));
  }

  /** Sends a datagram, so that the client has to know where an address is. */
  void touch(String address) {
    var _ =
        client.in(
            () -> {
              try (var socket = new DatagramSocket()) {
                var to = InetAddress.getByName(address);
                socket.send(new DatagramPacket(new byte[1], 1, to, 9));
                return 0;
              }
            });
  }

  /** What the client's kernel believes about an address. */
  String neighbour(String address) {
    return client.ip("neigh", "show", address);
  }

  @Override
  public void close() {
    opened.forEach(Namespace::close);
  }
}
