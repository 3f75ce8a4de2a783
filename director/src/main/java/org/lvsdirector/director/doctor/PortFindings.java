// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.doctor;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.lvsdirector.config.Config;
import org.lvsdirector.config.Endpoint;
import org.lvsdirector.config.IpAddress;
import org.lvsdirector.config.Protocol;
import org.lvsdirector.config.ServiceKey.ByAddress;
import org.lvsdirector.config.VirtualService;
import org.lvsdirector.engine.Capability;
import org.lvsdirector.engine.EngineKind;

/**
 * Whether an engine that listens itself would get the ports of the services: a local server that
 * listens on all addresses has them, which else is seen in the failover.
 *
 * @param files where the kernel tells of sockets
 * @param services what is to be served
 * @param isActive whether a director of this machine serves them now, and so has them itself
 * @param probe tells whether a socket that listens on all IPv6 addresses takes IPv4 as well
 */
record PortFindings(
    MachineFiles files, List<VirtualService> services, boolean isActive, Probe probe) {
  private static final String LISTENING = "0A"; // TCP_LISTEN, include/net/tcp_states.h
  private static final String UNCONNECTED = "07"; // TCP_CLOSE, which is every open UDP socket
  private static final int FIELDS = 4;

  /** An address of the loopback that nobody listens on, but for who listens on all. */
  private static final IpAddress NOBODYS = IpAddress.of("127.83.21.9");

  /** Whether a port of all IPv4 addresses is taken. */
  @FunctionalInterface
  interface Probe {
    boolean isTaken(Protocol protocol, int port);
  }

  /** Those that the engine takes. */
  static PortFindings of(
      MachineFiles files, EngineKind kind, Config config, RunningFindings running) {
    var isListening = kind.can().contains(Capability.LISTENING);
    return new PortFindings(
        files,
        isListening ? config.services() : List.of(),
        running.isActive(),
        PortFindings::isTakenOnIpv4);
  }

  List<Finding> all() {
    var found = new ArrayList<Finding>();
    for (var service : services) {
      if (service.key() instanceof ByAddress(var protocol, var endpoint) && endpoint.port() != 0) {
        var taken = taken(protocol, endpoint);
        if (!taken.isEmpty()) {
          found.add(fault(service, protocol, endpoint, taken));
        }
      }
    }
    if (found.isEmpty() && !services.isEmpty()) {
      found.add(Finding.ok("service ports", "no local server has one of them"));
    }
    return found;
  }

  private static Finding fault(
      VirtualService service, Protocol protocol, Endpoint endpoint, String taken) {
    var port = endpoint.port();
    var option = protocol == Protocol.UDP ? "ulnp" : "tlnp";
    return Finding.fault(
        "service " + service.name(),
        "a local server listens on %s %s: as the active one this director could not serve %s"
            .formatted(protocol, taken, endpoint),
        "ss -%s 'sport = %d' names it; let it listen on its own address, not on all, or elsewhere"
            .formatted(option, port));
  }

  /** Where somebody listens who is in the way; empty for nobody. */
  private String taken(Protocol protocol, Endpoint endpoint) {
    var port = endpoint.port();
    var isIpv4 = endpoint.address().isIpv4();
    if (isIpv4 && listens(protocol, IpAddress.of("0.0.0.0"), port)) {
      return "0.0.0.0:" + port;
    }
    if (listens(protocol, IpAddress.of("::"), port) && (!isIpv4 || probe.isTaken(protocol, port))) {
      return "[::]:" + port;
    }
    return !isActive && listens(protocol, endpoint.address(), port) ? endpoint.toString() : "";
  }

  private boolean listens(Protocol protocol, IpAddress address, int port) {
    var name = (protocol == Protocol.UDP ? "udp" : "tcp") + (address.isIpv4() ? "" : "6");
    var state = protocol == Protocol.UDP ? UNCONNECTED : LISTENING;
    var local = kernelText(address) + ":" + "%04X".formatted(port);
    return files
        .text("proc/net/" + name)
        .map(text -> text.lines().map(line -> line.strip().split("\\s+")))
        .map(
            lines ->
                lines.anyMatch(
                    fields ->
                        fields.length >= FIELDS
                            && fields[1].equals(local)
                            && fields[3].equals(state)))
        .orElse(false);
  }

  /** As the files have it: words of 32 bits in the order of the machine, which is little endian. */
  private static String kernelText(IpAddress address) {
    var bytes = address.bytes();
    var turned = new byte[bytes.length];
    for (var i = 0; i < bytes.length; i++) {
      turned[i] = bytes[i / 4 * 4 + 3 - i % 4];
    }
    return HexFormat.of().withUpperCase().formatHex(turned);
  }

  /** Where it cannot be tried it is not said: a warning that is wrong is worse. */
  private static boolean isTakenOnIpv4(Protocol protocol, int port) {
    try {
      var address = new InetSocketAddress(InetAddress.getByAddress(NOBODYS.bytes()), port);
      if (protocol == Protocol.UDP) {
        new DatagramSocket(address).close();
      } else {
        new ServerSocket(port, 1, address.getAddress()).close();
      }
      return false;
    } catch (IOException refused) {
      return String.valueOf(refused.getMessage()).contains("in use");
    }
  }
}
