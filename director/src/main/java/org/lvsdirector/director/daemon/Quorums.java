// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.daemon;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.Health;
import org.lvsdirector.config.ServerKey;
import org.lvsdirector.config.ServiceKey;
import org.lvsdirector.config.VirtualService;

/**
 * Which services have their quorum: enough weight of servers that are up. One that has it loses it
 * only below quorum minus hysteresis, and has it again from quorum plus hysteresis on.
 */
final class Quorums {
  private final Map<ServiceKey, Boolean> verdicts = new HashMap<>();

  /**
   * A new verdict, the first one included.
   *
   * @param weight the weight that is up
   * @param isMet whether the service has its quorum from now on
   */
  record Change(VirtualService service, long weight, boolean isMet) {}

  /** Takes the health of all servers; says what has changed by it, in the order of the services. */
  List<Change> take(List<VirtualService> services, Health health) {
    var changes = new ArrayList<Change>();
    for (var service : services) {
      var weight = weightUp(service, health);
      var before = verdicts.get(service.key());
      var isMet = verdict(service, health, weight, before);
      if (isMet != null && !isMet.equals(before)) {
        verdicts.put(service.key(), isMet);
        changes.add(new Change(service, weight, isMet));
      }
    }
    verdicts.keySet().retainAll(services.stream().map(VirtualService::key).toList());
    return changes;
  }

  /** Null while servers without a verdict could still decide the first one. */
  private static @Nullable Boolean verdict(
      VirtualService service, Health health, long weight, @Nullable Boolean before) {
    var quorum = service.monitoring().quorum();
    if (before != null) {
      var needed = quorum.weight() + (before ? -1L : 1L) * quorum.hysteresis();
      return weight >= needed;
    }
    if (weight >= quorum.weight()) {
      return true;
    }
    var isDecided =
        service.servers().stream()
            .allMatch(server -> state(service, server, health) != Health.State.UNKNOWN);
    return isDecided ? false : null;
  }

  private static long weightUp(VirtualService service, Health health) {
    return service.servers().stream()
        .filter(server -> state(service, server, health) == Health.State.UP)
        .mapToLong(VirtualService.RealServer::weight)
        .sum();
  }

  private static Health.State state(
      VirtualService service, VirtualService.RealServer server, Health health) {
    return health.of(new ServerKey(service.key(), server.endpoint()));
  }
}
