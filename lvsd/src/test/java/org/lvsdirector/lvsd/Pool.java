// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.lvsd;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.CheckSettings;
import org.lvsdirector.config.CheckSettings.Check;
import org.lvsdirector.config.Config;
import org.lvsdirector.config.Endpoint;
import org.lvsdirector.config.ForwardingMethod;
import org.lvsdirector.config.GlobalSettings;
import org.lvsdirector.config.Health;
import org.lvsdirector.config.IpAddress;
import org.lvsdirector.config.Pair;
import org.lvsdirector.config.Protocol;
import org.lvsdirector.config.SchedulerName;
import org.lvsdirector.config.ServerKey;
import org.lvsdirector.config.ServiceKey;
import org.lvsdirector.config.Unused;
import org.lvsdirector.config.VirtualService;
import org.lvsdirector.config.VirtualService.RealServer;

/** Short ways to the values that lvsd's tests need. */
final class Pool {
  static final ServiceKey WEB = key(8080);
  static final Endpoint A = at(11);
  static final Endpoint B = at(12);
  static final Endpoint C = at(13);
  static final Endpoint SORRY = at(99);

  private Pool() {}

  static ServiceKey key(int port) {
    return new ServiceKey.ByAddress(Protocol.TCP, new Endpoint(IpAddress.of("127.0.0.100"), port));
  }

  static Endpoint at(int host) {
    return new Endpoint(IpAddress.ofIpv4(0x7f000000 + host), 80);
  }

  static RealServer real(Endpoint endpoint, int weight) {
    return new RealServer(endpoint.toString(), endpoint, weight, ForwardingMethod.NAT, 0, 0);
  }

  static VirtualService service(
      ServiceKey key, @Nullable Endpoint sorry, boolean isQuiescing, List<RealServer> servers) {
    var address = new VirtualService.VirtualAddress(IpAddress.of("127.0.0.100"), 8, "lo", "lo:1");
    var second = Duration.ofSeconds(1);
    return new VirtualService(
        new VirtualService.Identity("service " + key, key, address),
        new VirtualService.Forwarding(SchedulerName.WLC, Set.of(), null, sorry, isQuiescing, false),
        new VirtualService.Monitoring(new CheckSettings(new Check.Connect(), second, second, 1, 1)),
        servers);
  }

  /** WEB with servers of weight 1, without a sorry server. */
  static VirtualService web(Endpoint... servers) {
    var real = new ArrayList<RealServer>();
    for (var server : servers) {
      real.add(real(server, 1));
    }
    return service(WEB, null, false, real);
  }

  static Config config(VirtualService... services) {
    var address = IpAddress.of("127.0.0.1");
    return new Config(
        new Pair(
            false,
            List.of(new Pair.Link("public", address, address)),
            539,
            Duration.ofMillis(100),
            Duration.ofMillis(750)),
        List.of(services),
        GlobalSettings.NONE,
        List.of(),
        Unused.NONE,
        "digest");
  }

  /** Health of servers of WEB: endpoint, verdict, endpoint, verdict... */
  static Health health(Object... pairs) {
    Map<ServerKey, Health.State> servers = new HashMap<>();
    for (var i = 0; i < pairs.length; i += 2) {
      servers.put(new ServerKey(WEB, (Endpoint) pairs[i]), (Health.State) pairs[i + 1]);
    }
    return new Health(servers);
  }
}
