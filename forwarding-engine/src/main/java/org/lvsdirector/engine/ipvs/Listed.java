// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.ipvs;

import java.util.ArrayList;
import java.util.List;
import org.lvsdirector.config.IpAddress;
import org.lvsdirector.config.IpAddress.Family;
import org.lvsdirector.config.Protocol;
import org.lvsdirector.config.ServiceKey;
import org.lvsdirector.engine.EngineStats.ServerCounters;
import org.lvsdirector.engine.ListedTable.ListedServer;
import org.lvsdirector.engine.ListedTable.ListedService;
import org.lvsdirector.engine.ipvs.IpvsKernel.HeldServer;
import org.lvsdirector.engine.ipvs.IpvsKernel.HeldService;

/** The kernel's services and servers in the words of a listing. Pure. */
final class Listed {
  private Listed() {}

  static ListedService service(HeldService held, List<HeldServer> servers) {
    var service = held.service();
    var selector = service.selector();
    var isPersistent = (service.flags() & Abi.F_PERSISTENT) != 0;
    return new ListedService(
        Integer.toUnsignedLong(selector.mark()),
        protocol(selector),
        selector.virtual().address().toString(),
        selector.virtual().port(),
        service.scheduler(),
        flags(service),
        isPersistent ? service.timeoutSeconds() : 0,
        isPersistent ? mask(service) : "",
        (service.flags() & Abi.F_ONEPACKET) != 0,
        service.persistenceEngine(),
        held.traffic().counters(),
        held.traffic().rates(),
        servers.stream().map(Listed::server).toList());
  }

  private static String protocol(KernelService.Selector selector) {
    if (selector.mark() != 0) {
      return "FWM";
    }
    return switch (selector.key().orElse(null)) {
      case ServiceKey.ByAddress(Protocol protocol, _) -> protocol.toString();
      case null, default -> Integer.toString(selector.protocol());
    };
  }

  private static List<String> flags(KernelService service) {
    var isHash = service.scheduler().equals("sh") || service.scheduler().equals("mh");
    var words = new ArrayList<String>();
    addFlag(words, service, Abi.F_FALLBACK, isHash ? service.scheduler() + "-fallback" : "flag-1");
    addFlag(words, service, Abi.F_PORT, isHash ? service.scheduler() + "-port" : "flag-2");
    addFlag(words, service, Abi.F_SCHED3, "flag-3");
    return words;
  }

  private static void addFlag(List<String> words, KernelService service, int flag, String word) {
    if ((service.flags() & flag) != 0) {
      words.add(word);
    }
  }

  private static String mask(KernelService service) {
    var family = service.selector().family();
    if (service.prefix() == family.bits()) {
      return "";
    }
    return family == Family.IPV4
        ? IpAddress.ofIpv4(service.netmask()).toString()
        : Integer.toString(service.netmask());
  }

  private static ListedServer server(HeldServer held) {
    var server = held.server();
    return new ListedServer(
        server.endpoint().address().toString(),
        server.endpoint().port(),
        method(server.method()),
        server.method() == Abi.TUNNEL ? tunnel(server.wrapping()) : "",
        server.weight(),
        server.upperThreshold(),
        server.lowerThreshold(),
        new ServerCounters(
            held.active(), held.inactive(), held.persistent(), held.traffic().counters()),
        held.traffic().rates());
  }

  private static String method(int number) {
    return switch (number) {
      case Abi.MASQ -> "Masq";
      case Abi.LOCALNODE -> "Local";
      case Abi.TUNNEL -> "Tunnel";
      case Abi.DROUTE -> "Route";
      case Abi.BYPASS -> "Bypass";
      default -> Integer.toString(number);
    };
  }

  private static String tunnel(KernelServer.Wrapping wrapping) {
    var checksum =
        switch (wrapping.flags()) {
          case 0 -> "-c";
          case 1 -> "+c";
          case 2 -> "+r";
          default -> Integer.toString(wrapping.flags());
        };
    return switch (wrapping.type()) {
      case 0 -> "ipip";
      case 1 -> "gue:" + wrapping.port() + ":" + checksum;
      case 2 -> "gre:" + checksum;
      default -> Integer.toString(wrapping.type());
    };
  }
}
