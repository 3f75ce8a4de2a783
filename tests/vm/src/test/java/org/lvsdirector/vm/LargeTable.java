// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.vm;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.lvsdirector.config.Endpoint;
import org.lvsdirector.config.ForwardingMethod;
import org.lvsdirector.config.IpAddress;
import org.lvsdirector.config.Protocol;
import org.lvsdirector.config.SchedulerName;
import org.lvsdirector.config.ServiceKey;
import org.lvsdirector.engine.table.Table;

/**
 * One table of many services, each a port of one address, in every form that programs read. The
 * first server of the first service has a weight that can be chosen.
 *
 * @param services number of services
 * @param servers number of servers of each
 */
record LargeTable(int services, int servers) {
  private static final String ADDRESS = "10.200.0.1";
  private static final int FIRST_PORT = 1000;

  /** Messages that make it from nothing. */
  long changes() {
    return services + (long) services * servers;
  }

  private static String server(int service, int server) {
    return "10.201.%d.%d".formatted(service % 200, 1 + server);
  }

  private static int weight(int service, int server, int firstWeight) {
    return service == 0 && server == 0 ? firstWeight : 1;
  }

  private String lines(IntFunction<String> service) {
    return IntStream.range(0, services).mapToObj(service).collect(Collectors.joining());
  }

  private String servers(IntFunction<String> server) {
    return IntStream.range(0, servers).mapToObj(server).collect(Collectors.joining());
  }

  /** What {@code ipvsadm -R} reads. */
  String ipvsadm() {
    return lines(
        service -> {
          var name = ADDRESS + ":" + (FIRST_PORT + service);
          return "-A -t %s -s wlc%n".formatted(name)
              + servers(
                  server -> "-a -t %s -r %s:80 -m -w 1%n".formatted(name, server(service, server)));
        });
  }

  /** Sets the weight that can be chosen. */
  String[] ipvsadmOne(int firstWeight) {
    var name = ADDRESS + ":" + FIRST_PORT;
    return "ipvsadm -e -t %s -r %s:80 -m -w %d"
        .formatted(name, server(0, 0), firstWeight)
        .split(" ");
  }

  /** What the engine takes. */
  Table table(int firstWeight) {
    var all = new ArrayList<Table.Service>();
    for (var service = 0; service < services; service++) {
      all.add(service(service, firstWeight));
    }
    return Table.of(all);
  }

  private Table.Service service(int service, int firstWeight) {
    var list = new ArrayList<Table.Server>();
    for (var server = 0; server < servers; server++) {
      list.add(
          new Table.Server(
              new Endpoint(address(server(service, server)), 80),
              ForwardingMethod.NAT,
              weight(service, server, firstWeight),
              0,
              0));
    }
    var key =
        new ServiceKey.ByAddress(
            Protocol.TCP, new Endpoint(address(ADDRESS), FIRST_PORT + service));
    var settings = new Table.ServiceSettings(SchedulerName.WLC, Set.of(), null, false);
    return Table.Service.of(key, settings, List.copyOf(list));
  }

  private static IpAddress address(String text) {
    var bits = 0;
    for (var part : text.split("\\.", -1)) {
      bits = bits << 8 | Integer.parseInt(part);
    }
    return IpAddress.ofIpv4(bits);
  }

  /** An lvs.cf without checks. */
  String lvsCf(int firstWeight) {
    return """
    primary = 127.0.0.2
    backup = 127.0.0.3
    backup_active = 1
    heartbeat_port = 5390
    network = nat
    """
        + lines(
            service ->
                """
                virtual s%d {
                \tactive = 1
                \taddress = %s shared:1
                \tvip_nmask = 255.255.255.255
                \tport = %d
                \tscheduler = wlc
                \tcheck = none
                """
                        .formatted(service, ADDRESS, FIRST_PORT + service)
                    + servers(
                        server ->
                            """
                            \tserver s%d {
                            \t\taddress = %s
                            \t\tport = 80
                            \t\tactive = 1
                            \t\tweight = %d
                            \t}
                            """
                                .formatted(
                                    server,
                                    server(service, server),
                                    weight(service, server, firstWeight)))
                    + "}\n");
  }

  /** A keepalived.conf without checks. */
  String keepalived(int firstWeight) {
    return lines(
        service ->
            """
            virtual_server %s %d {
              lvs_sched wlc
              lvs_method NAT
              protocol TCP
            """
                    .formatted(ADDRESS, FIRST_PORT + service)
                + servers(
                    server ->
                        "  real_server %s 80 {%n    weight %d%n  }%n"
                            .formatted(
                                server(service, server), weight(service, server, firstWeight)))
                + "}\n");
  }
}
