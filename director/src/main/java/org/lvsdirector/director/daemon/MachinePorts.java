// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.daemon;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.Config;
import org.lvsdirector.config.IpAddress;
import org.lvsdirector.director.machine.StartException;
import org.lvsdirector.linux.EchoSocket;
import org.lvsdirector.linux.Libc;
import org.lvsdirector.pulse.addresses.PingTargets;
import org.lvsdirector.pulse.port.Ports;
import org.lvsdirector.pulse.witness.WitnessClient;

/** What lvs.cf names beyond the two directors, as far as this machine can reach it. */
final class MachinePorts {
  private MachinePorts() {}

  /**
   * The ports to it.
   *
   * @throws StartException when this process may not ping although lvs.cf names ping targets: it
   *     would believe for ever that it is cut off
   */
  static Ports of(Config config, @Nullable WitnessClient witness) throws StartException {
    var outside = witness == null ? Ports.NONE : Ports.NONE.with(witness);
    var targets = config.pair().arbitration().pingTargets();
    if (!config.pair().isPaired() || targets.isEmpty()) {
      return outside;
    }
    tryToPing(targets);
    return outside.with(new PingTargets(Libc.system(), targets));
  }

  private static void tryToPing(List<IpAddress> targets) throws StartException {
    try {
      for (var isIpv6 : List.of(false, true)) {
        if (targets.stream().anyMatch(target -> target.isIpv4() != isIpv6)) {
          EchoSocket.open(Libc.system(), isIpv6).close();
        }
      }
    } catch (IOException forbidden) {
      throw new StartException(
          "lvs.cf names a ping_target, but this process may not ping ("
              + forbidden.getMessage()
              + "): give it CAP_NET_RAW, or allow its group by sysctl net.ipv4.ping_group_range, or"
              + " remove ping_target");
    }
  }
}
