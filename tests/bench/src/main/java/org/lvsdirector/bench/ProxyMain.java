// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.lvsdirector.config.Endpoint;
import org.lvsdirector.config.ForwardingMethod;
import org.lvsdirector.config.IpAddress;
import org.lvsdirector.config.Protocol;
import org.lvsdirector.config.SchedulerName;
import org.lvsdirector.config.ServiceKey;
import org.lvsdirector.engine.proxy.ProxyEngine;
import org.lvsdirector.engine.proxy.ProxySettings;
import org.lvsdirector.engine.table.Table.Server;
import org.lvsdirector.engine.table.Table.ServiceSettings;
import org.lvsdirector.engine.table.TableOp;
import org.lvsdirector.engine.table.TableOp.AddServer;
import org.lvsdirector.engine.table.TableOp.AddService;

/**
 * The proxy engine alone. Arguments: transport ({@code best}, {@code epoll}, {@code nio}), number
 * of threads, then any number of {@code virtualPort=serverPort}, all on 127.0.0.1. Prints {@code
 * ready} and works until its input ends.
 */
final class ProxyMain {
  private static final IpAddress LOOPBACK = IpAddress.of("127.0.0.1");

  private ProxyMain() {}

  public static void main(String[] arguments) throws IOException {
    var settings =
        ProxySettings.DEFAULT
            .with(ProxySettings.Transport.valueOf(arguments[0].toUpperCase(Locale.ROOT)))
            .withThreads(Integer.parseInt(arguments[1]));
    var changes = new ArrayList<TableOp>();
    for (var i = 2; i < arguments.length; i++) {
      var ports = List.of(arguments[i].split("="));
      addService(changes, Integer.parseInt(ports.getFirst()), Integer.parseInt(ports.getLast()));
    }
    try (var engine = ProxyEngine.open(settings)) {
      engine.apply(changes);
      engine.acquire(List.of(LOOPBACK));
      System.out.println("ready");
      System.in.transferTo(OutputStream.nullOutputStream());
      System.out.println(engine.incidents());
    }
  }

  private static void addService(List<TableOp> changes, int virtualPort, int serverPort) {
    var key = new ServiceKey.ByAddress(Protocol.TCP, new Endpoint(LOOPBACK, virtualPort));
    var server = new Endpoint(LOOPBACK, serverPort);
    changes.add(new AddService(key, new ServiceSettings(SchedulerName.WLC, Set.of(), null, false)));
    changes.add(new AddServer(key, new Server(server, ForwardingMethod.NAT, 1, 0, 0)));
  }
}
