// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lvsdirector.config.Health;
import org.lvsdirector.config.ServerKey;
import org.lvsdirector.config.VirtualService;
import org.lvsdirector.config.lvscf.LvsCf;

class QuorumsTest {
  private final Quorums quorums = new Quorums();

  @Test
  void theFirstVerdictWaitsForServersThatCouldDecideIt() {
    var service = service(3, 0, 1, 1, 2);
    assertThat(take(service, "??")).isEmpty();
    assertThat(take(service, "++?")).isEmpty();
    assertThat(take(service, "+?+")).containsExactly("met with 3");
  }

  @Test
  void aServiceWithoutEnoughServersFromTheBeginningIsTold() {
    assertThat(take(service(2, 0, 1, 1, 1), "+--")).containsExactly("lost with 1");
  }

  @Test
  void hysteresisKeepsTheVerdictOnBothWays() {
    var service = service(3, 1, 1, 1, 1, 1, 1);
    assertThat(take(service, "+++--")).containsExactly("met with 3");
    assertThat(take(service, "++---")).isEmpty();
    assertThat(take(service, "+----")).containsExactly("lost with 1");
    assertThat(take(service, "+++--")).isEmpty();
    assertThat(take(service, "++++-")).containsExactly("met with 4");
    assertThat(take(service, "+++++")).isEmpty();
  }

  @Test
  void aServiceThatHasGoneIsForgotten() {
    var service = service(1, 0, 1);
    assertThat(take(service, "+")).containsExactly("met with 1");
    assertThat(quorums.take(List.of(), Health.UNKNOWN)).isEmpty();
    assertThat(take(service, "+")).containsExactly("met with 1");
  }

  /** One character for each server: up, down or unknown. */
  private List<String> take(VirtualService service, String states) {
    var servers = new HashMap<ServerKey, Health.State>();
    for (var i = 0; i < states.length(); i++) {
      var state =
          switch (states.charAt(i)) {
            case '+' -> Health.State.UP;
            case '-' -> Health.State.DOWN;
            default -> Health.State.UNKNOWN;
          };
      servers.put(new ServerKey(service.key(), service.servers().get(i).endpoint()), state);
    }
    return quorums.take(List.of(service), new Health(servers)).stream()
        .map(change -> (change.isMet() ? "met" : "lost") + " with " + change.weight())
        .toList();
  }

  private static VirtualService service(int quorum, int hysteresis, int... weights) {
    var text =
        new StringBuilder(
            """
            primary = 192.0.2.1
            service = lvs
            network = nat
            virtual web {
              active = 1
              address = 192.0.2.80 eth0:1
              port = 80
              quorum = %d
              hysteresis = %d
            """
                .formatted(quorum, hysteresis));
    for (var i = 0; i < weights.length; i++) {
      text.append(
          """
            server s%d {
              address = 10.0.0.%d
              active = 1
              weight = %d
            }
          """
              .formatted(i + 1, i + 1, weights[i]));
    }
    var config = LvsCf.parse(text.append("}\n").toString()).config();
    assertThat(config).isNotNull();
    return config.services().getFirst();
  }
}
