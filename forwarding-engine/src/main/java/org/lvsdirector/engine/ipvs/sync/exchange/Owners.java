// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.ipvs.sync.exchange;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.Endpoint;
import org.lvsdirector.config.ForwardingMethod;
import org.lvsdirector.config.IpAddress;
import org.lvsdirector.config.IpAddress.Family;
import org.lvsdirector.config.Protocol;
import org.lvsdirector.config.ServiceKey;
import org.lvsdirector.engine.ipvs.sync.exchange.SyncEntry.Options;
import org.lvsdirector.engine.table.Table;

/**
 * Which service a flow belongs to, and so what a sync daemon has to say of it: the kernel's list of
 * connections shows neither firewall mark nor forwarding method. Pure.
 */
public final class Owners {
  private final Map<ServiceKey, Table.Service> byKey;
  private final List<Table.Service> byMark = new ArrayList<>();

  /** What is to be known of the services of a table. */
  public Owners(Table table) {
    byKey = new HashMap<>(table.services());
    for (var service : table.services().values()) {
      if (service.key() instanceof ServiceKey.ByMark) {
        byMark.add(service);
      }
    }
  }

  /** What the templates of a service have as their virtual endpoint. */
  static Endpoint virtual(ServiceKey key) {
    return switch (key) {
      case ServiceKey.ByAddress(var _, var virtual) -> virtual;
      case ServiceKey.ByMark(var mark, var family) -> new Endpoint(address(mark, family), 0);
    };
  }

  /** A mark in the place of an address: in its first four bytes. */
  private static IpAddress address(int mark, Family family) {
    return switch (family) {
      case IPV4 -> IpAddress.ofIpv4(mark);
      case IPV6 -> new IpAddress(Family.IPV6, (long) mark << 32, 0);
    };
  }

  private static int mark(IpAddress address) {
    return (int) (address.isIpv4() ? address.low() : address.high() >>> 32);
  }

  /**
   * What a sync daemon says of a flow.
   *
   * @param timeoutSeconds life of the idle flow
   */
  public SyncEntry entry(ConnectionEntry flow, int timeoutSeconds) {
    var family = flow.kind().family();
    var server = flow.server();
    var service = service(flow);
    return new SyncEntry(
        family,
        flow.protocol(),
        flags(flow, service == null ? null : server(service, server)),
        flow.state(),
        flow.client(),
        flow.virtual(),
        server,
        service == null ? markOfTemplate(flow) : mark(service.key()),
        timeoutSeconds,
        Options.NONE);
  }

  private static int mark(ServiceKey key) {
    return switch (key) {
      case ServiceKey.ByAddress _ -> 0;
      case ServiceKey.ByMark(var mark, var _) -> mark;
    };
  }

  private static int markOfTemplate(ConnectionEntry flow) {
    return flow.isTemplate() && flow.protocol() == 0 ? mark(flow.virtual().address()) : 0;
  }

  /** The receiver takes the method from its own server, where it has it already. */
  private static int flags(ConnectionEntry flow, Table.@Nullable Server server) {
    var isCounted = !flow.isTemplate() && flow.protocol() != 17;
    return (flow.isTemplate() ? SyncEntry.F_TEMPLATE : 0)
        | (isCounted ? 0 : SyncEntry.F_INACTIVE)
        | (server == null ? 0 : method(server.method()));
  }

  private static int method(ForwardingMethod method) {
    return switch (method) {
      case NAT -> 0;
      case TUNNELLING -> 2 | SyncEntry.F_NO_OUTPUT;
      case DIRECT_ROUTING -> 3 | SyncEntry.F_NO_OUTPUT;
    };
  }

  /** The service of a flow: by its address, or one by mark that has its server; null for none. */
  Table.@Nullable Service service(ConnectionEntry flow) {
    var protocol = protocol(flow.protocol());
    if (protocol != null) {
      var virtual = flow.virtual();
      for (var port : new int[] {virtual.port(), 0}) {
        var key = new ServiceKey.ByAddress(protocol, new Endpoint(virtual.address(), port));
        var service = byKey.get(key);
        if (service != null && server(service, flow.server()) != null) {
          return service;
        }
      }
    }
    for (var service : byMark) {
      if (server(service, flow.server()) != null && fits(flow, service.key())) {
        return service;
      }
    }
    return null;
  }

  private static boolean fits(ConnectionEntry flow, ServiceKey key) {
    return flow.protocol() != 0 || virtual(key).equals(flow.virtual());
  }

  private static @Nullable Protocol protocol(int number) {
    return switch (number) {
      case 6 -> Protocol.TCP;
      case 17 -> Protocol.UDP;
      case 132 -> Protocol.SCTP;
      default -> null;
    };
  }

  private static Table.@Nullable Server server(Table.Service service, Endpoint server) {
    var exact = service.servers().get(server);
    return exact == null ? service.servers().get(new Endpoint(server.address(), 0)) : exact;
  }
}
