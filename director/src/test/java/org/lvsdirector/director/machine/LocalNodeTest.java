// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.lvsdirector.config.IpAddress;
import org.lvsdirector.config.Pair;
import org.lvsdirector.config.directorconf.DirectorConf.NodeChoice;

final class LocalNodeTest {
  private static final IpAddress PRIMARY = IpAddress.of("192.0.2.2");
  private static final IpAddress BACKUP = IpAddress.of("192.0.2.3");
  private static final IpAddress OTHER = IpAddress.of("192.0.2.9");

  private static Pair pair(boolean isPaired) {
    return new Pair(
        isPaired,
        List.of(new Pair.Link("public", PRIMARY, BACKUP)),
        539,
        Duration.ofMillis(100),
        Duration.ofMillis(750));
  }

  @Test
  void isTheOneWhoseAddressThisMachineHas() throws StartException {
    assertThat(LocalNode.byAddress(pair(true), Set.of(OTHER, PRIMARY)))
        .isEqualTo(Pair.Node.PRIMARY);
    assertThat(LocalNode.byAddress(pair(true), Set.of(BACKUP, OTHER))).isEqualTo(Pair.Node.BACKUP);
  }

  @Test
  void asksTheOperatorWhenItIsNeitherOrBoth() {
    assertThatThrownBy(() -> LocalNode.byAddress(pair(true), Set.of(OTHER)))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("neither 192.0.2.2 (primary) nor 192.0.2.3 (backup)")
        .hasMessageContaining("node = primary");
    assertThatThrownBy(() -> LocalNode.byAddress(pair(true), Set.of(PRIMARY, BACKUP)))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("both");
  }

  @Test
  void aLoneDirectorIsThePrimary() throws StartException {
    assertThat(LocalNode.byAddress(pair(false), Set.of())).isEqualTo(Pair.Node.PRIMARY);
  }

  @Test
  void directorConfDecidesWithoutLooking() throws StartException {
    assertThat(LocalNode.of(NodeChoice.BACKUP, pair(true))).isEqualTo(Pair.Node.BACKUP);
  }
}
