// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.vm;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.lvsdirector.lab.Host;

/**
 * The hosts that {@code network.sh} builds and describes: a client, two directors and two web
 * servers. There can be one of it at a time.
 */
final class Network implements AutoCloseable {
  /** What the web servers' names are, in the order of their addresses. */
  static final List<String> WEBS = List.of("web1", "web2");

  private static final List<String> NAMES =
      List.of("client", "primary", "backup", "web1", "web2", "hub");

  private final Map<String, Host> hosts = new LinkedHashMap<>();

  private Network() {}

  /**
   * Builds it.
   *
   * @param folder for what the processes on the hosts say
   */
  static Network open(Path folder) throws IOException {
    Guest.run("bash", "-c", Resources.text("network.sh"));
    var network = new Network();
    for (var name : NAMES) {
      network.hosts.put(name, new Host(name, folder.resolve(name)));
    }
    return network;
  }

  /** A director whose host was dead: the same host, with nothing in it. */
  void boot(String name) throws IOException {
    Guest.run("bash", "-c", Resources.text("network.sh"), "network", "boot", name);
  }

  /** A host by its name in {@code network.sh}. */
  Host host(String name) {
    return Objects.requireNonNull(hosts.get(name), name);
  }

  /** Who asks the services. */
  Host client() {
    return host("client");
  }

  /** The director that is alone, or the first of two. */
  Host primary() {
    return host("primary");
  }

  /** What a web server says of itself to a client, by HTTP. */
  String get(String address) throws IOException {
    return client().run("curl", "-gsS", "-m", "20", "http://" + address + "/").strip();
  }

  /** Kills what runs on a host, whoever started it. */
  void kill(String name) {
    host(name).killAll();
    Guest.run("bash", "-c", "ip netns pids " + name + " | xargs -r kill -9");
  }

  @Override
  public void close() {
    for (var name : NAMES) {
      kill(name);
      Guest.run("ip", "netns", "del", name);
    }
  }
}
