// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.command;

import java.util.List;
import org.lvsdirector.engine.EngineStats.Counters;
import org.lvsdirector.engine.ListedConnection;
import org.lvsdirector.engine.ListedTable;
import org.lvsdirector.engine.ListedTable.ListedServer;
import org.lvsdirector.engine.ListedTable.ListedService;

/** A table in the layout of {@code ipvsadm -Ln}, which eyes and scripts know. Pure. */
final class TableText {
  private static final long MILLION = 1_000_000;
  private static final long BILLION = 1_000_000_000;

  private TableText() {}

  /** What the columns show. */
  enum Columns {
    /** Scheduler, method, weight, open connections. */
    TABLE,
    /** What was counted; {@code --stats}. */
    COUNTERS,
    /** The same per second; {@code --rate}. */
    RATES
  }

  /** The whole table, lines ending with a line feed. */
  static String of(ListedTable table, Columns columns) {
    var text = new StringBuilder();
    line(
        text, "IP Virtual Server version %s (size=%d)".formatted(table.version(), table.buckets()));
    heading(text, columns);
    for (var service : table.services()) {
      service(text, service, columns);
      for (var server : service.servers()) {
        server(text, server, columns);
      }
    }
    return text.toString();
  }

  /** The connections in the layout of {@code ipvsadm -Lnc}. */
  static String of(List<ListedConnection> connections) {
    var text = new StringBuilder("IPVS connection entries\n");
    connection(text, "pro", "expire", "state", "source", "virtual", "destination");
    for (var each : connections) {
      var expires = each.expiresInSeconds();
      connection(
          text,
          each.protocol(),
          "%02d:%02d".formatted(expires / 60, expires % 60),
          each.state(),
          each.client(),
          each.virtual(),
          each.server());
    }
    return text.toString();
  }

  private static void connection(StringBuilder text, String... words) {
    line(text, "%-3s %-6s %-11s %-18s %-18s %s".formatted((Object[]) words));
  }

  private static void heading(StringBuilder text, Columns columns) {
    switch (columns) {
      case TABLE -> {
        line(text, "Prot LocalAddress:Port Scheduler Flags");
        line(text, "  -> RemoteAddress:Port           Forward Weight ActiveConn InActConn");
      }
      case COUNTERS -> numbers(text, "Conns", "InPkts", "OutPkts", "InBytes", "OutBytes");
      case RATES -> numbers(text, "CPS", "InPPS", "OutPPS", "InBPS", "OutBPS");
    }
  }

  private static void numbers(StringBuilder text, String... names) {
    text.append("%-33s".formatted("Prot LocalAddress:Port"));
    for (var name : names) {
      text.append(" %8s".formatted(name));
    }
    line(text, "");
    line(text, "  -> RemoteAddress:Port");
  }

  private static void service(StringBuilder text, ListedService service, Columns columns) {
    switch (columns) {
      case TABLE -> line(text, name(service) + " " + scheduling(service));
      case COUNTERS -> counted(text, "%-33s".formatted(name(service)), service.counters());
      case RATES -> counted(text, "%-33s".formatted(name(service)), service.rates());
    }
  }

  private static String name(ListedService service) {
    if (service.mark() != 0) {
      return "FWM  " + service.mark() + (isIpv6(service.address()) ? " IPv6" : "");
    }
    return "%-4s %s".formatted(service.protocol(), endpoint(service.address(), service.port()));
  }

  private static String scheduling(ListedService service) {
    var text = new StringBuilder(service.scheduler());
    if (!service.schedulerFlags().isEmpty()) {
      text.append(" (").append(String.join(",", service.schedulerFlags())).append(')');
    }
    if (service.persistentSeconds() != 0) {
      text.append(" persistent ").append(service.persistentSeconds());
      text.append(service.mask().isEmpty() ? "" : " mask " + service.mask());
      text.append(service.persistenceEngine().isEmpty() ? "" : " pe ");
      text.append(service.persistenceEngine());
    }
    return text.append(service.isOnePacket() ? " ops" : "").toString();
  }

  private static void server(StringBuilder text, ListedServer server, Columns columns) {
    var name = "  -> %-28s".formatted(endpoint(server.address(), server.port()));
    switch (columns) {
      case TABLE ->
          line(
              text,
              "%s %-7s %-6d %-10d %-10d"
                  .formatted(
                      name,
                      server.method(),
                      server.weight(),
                      server.connections().active(),
                      server.connections().inactive()));
      case COUNTERS -> counted(text, name, server.connections().traffic());
      case RATES -> counted(text, name, server.rates());
    }
  }

  private static void counted(StringBuilder text, String name, Counters counters) {
    text.append(name);
    for (var number :
        List.of(
            counters.connections(),
            counters.inPackets(),
            counters.outPackets(),
            counters.inBytes(),
            counters.outBytes())) {
      text.append(' ').append(number(number));
    }
    line(text, "");
  }

  /** Eight places; large numbers in thousands, millions and so on. */
  static String number(long number) {
    if (number < 100 * MILLION) {
      return "%8d".formatted(number);
    }
    if (number < BILLION) {
      return "%7dK".formatted(number / 1000);
    }
    if (number < 100 * BILLION) {
      return "%7dM".formatted(number / MILLION);
    }
    if (number < 100_000 * BILLION) {
      return "%7dG".formatted(number / BILLION);
    }
    return "%7dT".formatted(number / (1000 * BILLION));
  }

  private static String endpoint(String address, int port) {
    return isIpv6(address) ? "[" + address + "]:" + port : address + ":" + port;
  }

  private static boolean isIpv6(String address) {
    return address.indexOf(':') >= 0;
  }

  private static void line(StringBuilder text, String words) {
    text.append(words).append('\n');
  }
}
