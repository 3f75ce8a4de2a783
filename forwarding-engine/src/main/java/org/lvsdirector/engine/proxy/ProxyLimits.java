// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.proxy;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.Config;
import org.lvsdirector.config.ForwardingMethod;
import org.lvsdirector.config.Protocol;
import org.lvsdirector.config.ServiceKey;
import org.lvsdirector.config.ServiceKey.ByAddress;
import org.lvsdirector.config.VirtualService;
import org.lvsdirector.engine.Unserved;

/** What a proxy cannot do, whatever the machine. Pure. */
final class ProxyLimits {
  private ProxyLimits() {}

  /** The services that it cannot serve. */
  static List<Unserved> unserved(Config config) {
    return config.services().stream().flatMap(ProxyLimits::unserved).toList();
  }

  private static Stream<Unserved> unserved(VirtualService service) {
    var ofServers = service.servers().stream().map(server -> reasonAgainst(server.method()));
    return Stream.concat(Stream.ofNullable(reasonAgainst(service.key())), ofServers)
        .filter(Objects::nonNull)
        .limit(1)
        .map(reason -> Unserved.of(service, reason));
  }

  /** Why a service cannot be had; null when it can. */
  static @Nullable String reasonAgainst(ServiceKey key) {
    if (!(key instanceof ByAddress service)) {
      return "a proxy does not see firewall marks";
    }
    if (service.protocol() == Protocol.SCTP) {
      return "the proxy engine forwards TCP and UDP, not SCTP";
    }
    return service.virtual().port() == 0
        ? "the proxy engine listens on single ports, not on every port"
        : null;
  }

  /** Why a server cannot be reached so; null when it can. */
  static @Nullable String reasonAgainst(ForwardingMethod method) {
    return method == ForwardingMethod.NAT
        ? null
        : "a proxy forwards like NAT only, not by "
            + method.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
