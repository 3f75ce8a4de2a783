// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.doctor;

import java.net.Inet4Address;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.Config;
import org.lvsdirector.config.ConnectionSync;
import org.lvsdirector.engine.Capability;
import org.lvsdirector.engine.EngineKind;
import org.lvsdirector.engine.KernelState;
import org.lvsdirector.engine.choice.Engines;
import org.lvsdirector.linux.Libc;
import org.lvsdirector.linux.LinkName;

/**
 * What this machine is for connection sync.
 *
 * @param files where the kernel's settings are read
 * @param kind the engine that would be opened
 * @param config lvs.cf
 */
record SyncFindings(MachineFiles files, EngineKind kind, Config config) {
  private static final long ENOUGH_BUFFER_BYTES = 4_194_304;
  private static final int USUAL_MTU = 1500;

  /** None when lvs.cf asks for no connection sync. */
  List<Finding> all() {
    var sync = config.global().connectionSync();
    if (sync == null) {
      return List.of();
    }
    if (!kind.can().contains(Capability.CONNECTION_SYNC)) {
      return List.of(
          Finding.warning(
              "connection sync",
              "the " + kind.word() + " engine's connections end with it: syncdaemon has no effect",
              "use engine = " + others() + ", or remove syncdaemon"));
    }
    var found = new ArrayList<Finding>();
    found.add(device(sync));
    found.add(buffers());
    found.add(settings());
    return found;
  }

  private static String others() {
    return Engines.kinds().stream()
        .filter(other -> other.can().contains(Capability.CONNECTION_SYNC))
        .map(EngineKind::word)
        .collect(Collectors.joining(" or "));
  }

  private static Finding device(ConnectionSync sync) {
    var name = "syncd_iface";
    var device = device(sync.device());
    if (device == null) {
      return Finding.fault(
          name,
          "there is no interface " + sync.device() + ": connections do not reach the standby",
          "set syncd_iface in lvs.cf, or configure the interface");
    }
    try {
      var hasIpv4 = device.inetAddresses().anyMatch(Inet4Address.class::isInstance);
      if (!hasIpv4 || !device.isUp()) {
        return Finding.fault(
            name,
            sync.device()
                + (hasIpv4 ? " is down" : " has no IPv4 address, which sync daemons need"),
            "configure it");
      }
      return device.getMTU() >= USUAL_MTU
          ? Finding.ok(name, sync.device() + ", id " + sync.id())
          : Finding.warning(
              name,
              "the MTU of " + sync.device() + " is " + device.getMTU() + ": datagrams are cut",
              "raise it to 1500, or choose another interface");
    } catch (SocketException e) {
      return Finding.warning(name, String.valueOf(e.getMessage()), "");
    }
  }

  private static @Nullable NetworkInterface device(String name) {
    try {
      return NetworkInterface.getByName(LinkName.present(Libc.system(), name));
    } catch (SocketException _) {
      return null;
    }
  }

  private Finding buffers() {
    var name = "sync buffers";
    var least = Math.min(files.number("net.core.rmem_max"), files.number("net.core.wmem_max"));
    return least >= ENOUGH_BUFFER_BYTES
        ? Finding.ok(name, "up to " + least + " bytes")
        : Finding.warning(
            name,
            "net.core.rmem_max and wmem_max allow "
                + least
                + " bytes: bursts of new connections are told late, by comparison",
            "sysctl -w net.core.rmem_max=4194304 net.core.wmem_max=4194304");
  }

  /** The running daemon sets them; what differs then is set again by another program. */
  private Finding settings() {
    var name = "sync settings";
    if (!files.exists("proc/sys/net/ipv4/vs")) {
      return Finding.warning(
          name,
          "there are none: ip_vs is not loaded, so whether they are right cannot be seen",
          "modprobe ip_vs, and look again");
    }
    var state = new KernelState(files.root().resolve("proc/sys"));
    var different =
        kind.needs(config).stream()
            .filter(need -> need.isSetByEngine() && !state.isRight(need))
            .map(need -> need.name() + " = " + need.value() + " (else " + need.otherwise() + ")")
            .toList();
    return different.isEmpty()
        ? Finding.ok(name, "the kernel is as connection sync needs it")
        : Finding.ok(name, "set when the director starts: " + String.join("; ", different));
  }
}
