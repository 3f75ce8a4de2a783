// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A pair of keepalived, VRRP version 3, no health checks: what we compare with. */
public final class Keepalived implements Pair {
  private static final String NAME = "keepalived";

  private final Network network;
  private final Path folder;
  private final String interval;

  /** A pair that does not run yet, which advertises every so many seconds, such as {@code 0.1}. */
  public Keepalived(Network network, Path folder, String interval) throws IOException {
    this.network = network;
    this.folder = folder;
    this.interval = interval;
    for (var node : List.of(Node.PRIMARY, Node.BACKUP)) {
      Files.writeString(configuration(node), text(node));
    }
  }

  private Path configuration(Node node) {
    return folder.resolve(node.word() + ".conf");
  }

  /** Neither goes back by itself, as our pair does not. */
  private String text(Node node) {
    return """
    global_defs {
      router_id %s
      vrrp_version 3
    }
    vrrp_instance lab {
      state BACKUP
      nopreempt
      interface eth0
      virtual_router_id 51
      priority %d
      advert_int %s
      virtual_ipaddress {
        %s/24 dev eth0 label eth0:1
      }
    }
    """
        .formatted(node.word(), node == Node.PRIMARY ? 200 : 100, interval, Lab.VIRTUAL_4);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void start(Node node) throws IOException {
    // Left by a death; it would take another process of that number for itself.
    Files.deleteIfExists(folder.resolve(node.word() + ".pid"));
    Files.deleteIfExists(folder.resolve(node.word() + "-vrrp.pid"));
    network
        .host(node)
        .start(
            NAME,
            List.of(
                "keepalived",
                "--dont-fork",
                "--log-console",
                "--log-detail",
                "--vrrp",
                "--use-file=" + configuration(node),
                "--pid=" + folder.resolve(node.word() + ".pid"),
                "--vrrp_pid=" + folder.resolve(node.word() + "-vrrp.pid")),
            Map.of());
  }

  @Override
  public boolean isRunning(Node node) {
    return network.host(node).isRunning(NAME);
  }

  /** By the last role in its log. */
  @Override
  public boolean isActive(Node node) throws IOException {
    return isRunning(node) && lastState(node).equals("MASTER");
  }

  @Override
  public boolean isReady(Node node) throws IOException {
    return isRunning(node) && lastState(node).equals("BACKUP");
  }

  private String lastState(Node node) throws IOException {
    var state = "";
    for (var line : network.host(node).said(NAME).split("\n")) {
      var at = line.indexOf("Entering ");
      if (line.contains("Starting Keepalived v")) {
        state = "";
      } else if (at >= 0) {
        state = line.substring(at + "Entering ".length()).split(" ")[0];
      }
    }
    return state;
  }

  /** The child that speaks VRRP first, so that the parent cannot start another. */
  @Override
  public void kill(Node node) throws IOException {
    var pids = pids(node);
    pids.forEach(pid -> Syscalls.kill(pid, Syscalls.SIGSTOP));
    pids.forEach(pid -> Syscalls.kill(pid, Syscalls.SIGKILL));
    network.host(node).process(NAME).onExit().join();
  }

  @Override
  public List<Long> pids(Node node) throws IOException {
    var parent = network.host(node).process(NAME);
    var all = new ArrayList<Long>();
    parent.descendants().forEach(child -> all.add(child.pid()));
    all.add(parent.pid());
    return all;
  }
}
