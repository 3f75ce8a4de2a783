// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.proxy;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.lvsdirector.config.Endpoint;
import org.lvsdirector.config.IpAddress;
import org.lvsdirector.config.Protocol;
import org.lvsdirector.config.SchedulerName;
import org.lvsdirector.config.ServiceKey;
import org.lvsdirector.engine.table.TableOp.AddServer;
import org.lvsdirector.engine.table.TableOp.AddService;

/**
 * A process with a proxy engine and one service, for tests of its limits: transport, virtual port
 * and server are the arguments. Answers each line of input with the pauses of accepting, the
 * connections given up, its CPU milliseconds and the connections served; {@code h} opens a file if
 * it can, and keeps it; ends with its input.
 */
final class ProxyProcess {
  private ProxyProcess() {}

  public static void main(String[] arguments) throws IOException {
    var transport = ProxySettings.Transport.valueOf(arguments[0]);
    var virtual = new Endpoint(ProxyFixture.VIRTUAL, Integer.parseInt(arguments[1]));
    var server = new Endpoint(IpAddress.of(arguments[2]), Integer.parseInt(arguments[3]));
    var key = new ServiceKey.ByAddress(Protocol.TCP, virtual);
    try (var engine = ProxyEngine.open(ProxyFixture.settings(transport))) {
      engine.apply(
          List.of(
              new AddService(key, ProxyFixture.settings(SchedulerName.RR)),
              new AddServer(key, ProxyFixture.server(server, 1))));
      engine.acquire(List.of(ProxyFixture.VIRTUAL));
      report(engine);
      var held = new ArrayList<InputStream>();
      for (var command = System.in.read(); command >= 0; command = System.in.read()) {
        if (command == 'h') {
          hold(held);
        } else {
          report(engine);
        }
      }
    }
  }

  private static void hold(List<InputStream> held) {
    try {
      held.add(new FileInputStream("/dev/null"));
    } catch (IOException _) {
      // No descriptor is left, which is what the test wants.
    }
  }

  private static void report(ProxyEngine engine) {
    var incidents = engine.incidents();
    var cpuNanos =
        ProcessHandle.current().info().totalCpuDuration().map(d -> d.toNanos()).orElse(0L);
    System.out.println(
        incidents.acceptPauses()
            + " "
            + incidents.localFailures()
            + " "
            + cpuNanos / 1_000_000
            + " "
            + engine.stats().services().values().iterator().next().connections());
  }
}
