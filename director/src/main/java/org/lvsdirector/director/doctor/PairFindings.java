// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.doctor;

import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.lvsdirector.config.Config;
import org.lvsdirector.config.Pair.Link;
import org.lvsdirector.config.Pair.Node;
import org.lvsdirector.config.directorconf.DirectorConf;
import org.lvsdirector.director.daemon.HeartbeatKeys;
import org.lvsdirector.director.machine.LocalNode;
import org.lvsdirector.director.machine.StartException;
import org.lvsdirector.pulse.seal.KeyFile;

/**
 * What this machine is as one of a pair: its node, its links, its key.
 *
 * @param conf director.conf
 * @param config lvs.cf
 * @param isRunning whether a daemon runs, which then uses what this looks at
 */
record PairFindings(DirectorConf conf, Config config, boolean isRunning) {

  List<Finding> all() {
    var found = new ArrayList<Finding>();
    found.add(stateDir());
    if (!config.pair().isPaired()) {
      found.add(Finding.warning("pair", "there is no backup director", "see backup in lvs.cf"));
      return found;
    }
    found.add(key());
    try {
      var node = LocalNode.of(conf.node(), config.pair());
      found.add(Finding.ok("node", "this is the " + node.word()));
      for (var link : config.pair().links()) {
        found.add(link(link, node));
      }
    } catch (StartException neither) {
      found.add(
          Finding.fault("node", String.valueOf(neither.getMessage()), "see node in director.conf"));
    }
    found.add(firewall());
    if (config.pair().links().size() < 2) {
      found.add(
          Finding.warning(
              "links",
              "there is only one: where it fails, both directors become active",
              "give primary_private and backup_private in lvs.cf, or a link block"));
    }
    return found;
  }

  private Finding stateDir() {
    var folder = conf.stateDir();
    var existing = folder.toAbsolutePath();
    while (existing.getParent() != null && !Files.exists(existing)) {
      existing = existing.getParent();
    }
    return Files.isWritable(existing)
        ? Finding.ok("state-dir", folder.toString())
        : Finding.fault(
            "state-dir", folder + " cannot be written", "chown it to the daemon's user");
  }

  private Finding key() {
    var name = "heartbeat key";
    var file = conf.heartbeatKeyFile();
    if (file == null || !HeartbeatKeys.needsKey(conf, config.pair())) {
      return Finding.warning(
          name,
          "there is none: whoever can send packets from the partner's address can stop this"
              + " director",
          "director pair makes one and brings it to the partner; see director pair --help");
    }
    try {
      var keys = KeyFile.read(file);
      return conf.acceptsUnsealed()
          ? Finding.warning(
              name,
              "unsealed heartbeats are accepted until the partner seals",
              "set heartbeat.accept-unsealed = false")
          : Finding.ok(name, keys.keys().toString());
    } catch (IOException unusable) {
      return Finding.fault(
          name, String.valueOf(unusable.getMessage()), "see director keygen --help");
    }
  }

  private Finding link(Link link, Node node) {
    var name = "link " + link.name();
    var port = config.pair().heartbeatPort();
    try {
      var address = InetAddress.getByAddress(link.of(node).bytes());
      try (var _ = new DatagramSocket(new InetSocketAddress(address, port))) {
        return Finding.ok(name, link.of(node) + " is here, UDP port " + port + " is free");
      }
    } catch (BindException taken) {
      var isInUse = String.valueOf(taken.getMessage()).contains("in use");
      if (isInUse && isRunning) {
        return Finding.ok(name, link.of(node) + " is here, used by the running director");
      }
      return isInUse
          ? Finding.fault(
              name,
              "UDP port " + port + " of " + link.of(node) + " is used by another process",
              "ss -ulpn 'sport = " + port + "' names it; or set heartbeat_port in lvs.cf on both")
          : Finding.fault(
              name,
              link.of(node) + " is no address of this machine: " + taken.getMessage(),
              "configure it, or correct lvs.cf");
    } catch (IOException refused) {
      return Finding.fault(
          name,
          "UDP port " + port + " cannot be opened: " + refused.getMessage(),
          "run as root, or with CAP_NET_BIND_SERVICE, or set heartbeat_port above 1023");
    }
  }

  /** A guess from the words of the rules: they are not evaluated. */
  private Finding firewall() {
    var name = "firewall";
    var port = Integer.toString(config.pair().heartbeatPort());
    var rules = rules();
    if (rules.isEmpty()) {
      return Finding.ok(name, "no rules, or none that this user may see");
    }
    var isDropping = rules.contains("hook input") && rules.contains("policy drop");
    var isNamed = rules.matches("(?s).*\\bdport\\b[^\\n]*\\b" + port + "\\b.*");
    return !isDropping || isNamed
        ? Finding.ok(name, isNamed ? "its rules name UDP port " + port : "accepts by default")
        : Finding.warning(
            name,
            "drops by default, and no rule names UDP port " + port,
            "nft add rule inet filter input udp dport " + port + " accept, for the links");
  }

  private static String rules() {
    if (!Files.isExecutable(Path.of("/usr/sbin/nft"))) {
      return "";
    }
    try {
      var output = Files.createTempFile("lvs-director-doctor", "");
      try {
        var process =
            new ProcessBuilder("/usr/sbin/nft", "list", "ruleset")
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!process.waitFor(5, TimeUnit.SECONDS)) {
          process.destroyForcibly();
          return "";
        }
        return process.exitValue() == 0 ? Files.readString(output, StandardCharsets.UTF_8) : "";
      } finally {
        Files.deleteIfExists(output);
      }
    } catch (IOException _) {
      return "";
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return "";
    }
  }
}
