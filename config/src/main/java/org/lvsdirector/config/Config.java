// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.lvsdirector.config.VirtualService.VirtualAddress;

/**
 * A whole lvs.cf that was found good: the same on both directors.
 *
 * @param pair the two directors and their heartbeats
 * @param services the active virtual services, in file order
 * @param global what else the top level says
 * @param failovers the active failover services, in file order; empty unless {@code service = fos},
 *     which leaves no virtual services
 * @param unused what does not count, and is of no meaning
 * @param digest identifies the meaning of the file: equal digests, equal configuration
 */
public record Config(
    Pair pair,
    List<VirtualService> services,
    GlobalSettings global,
    List<FailoverService> failovers,
    Unused unused,
    String digest) {
  public Config {
    services = List.copyOf(services);
    failovers = List.copyOf(failovers);
  }

  /** This configuration with its digest. */
  public Config withDigest(String known) {
    return new Config(pair, services, global, failovers, unused, known);
  }

  /**
   * Every address that the active director holds, each once: those of the services in file order,
   * then those of the failover services, then the NAT gateway.
   */
  public List<VirtualAddress> heldAddresses() {
    var held = new LinkedHashMap<IpAddress, VirtualAddress>();
    for (var service : services) {
      held.putIfAbsent(service.address().address(), service.address());
      service.identity().moreAddresses().forEach(more -> held.putIfAbsent(more.address(), more));
    }
    failovers.forEach(one -> held.putIfAbsent(one.address().address(), one.address()));
    var natRouter = global.natRouter();
    if (natRouter != null) {
      held.putIfAbsent(natRouter.address(), natRouter);
    }
    return new ArrayList<>(held.values());
  }
}
