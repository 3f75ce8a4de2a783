// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.ipvs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.lvsdirector.engine.table.Tables;

class OwnServicesTextTest {

  @Test
  void servicesSurviveTheirText() {
    for (var seed = 0; seed < 100; seed++) {
      var keys = Tables.tunnelled().random(new Random(seed)).services().keySet();
      var text = OwnServicesText.format("boot net", keys);
      assertThat(OwnServicesText.parse("boot net", text)).as("seed %d", seed).isEqualTo(keys);
    }
  }

  @Test
  void theServicesOfAnotherTableAreNotOurs() {
    var text = OwnServicesText.format("boot-1 net", Set.copyOf(Tables.ipv4().keys()));
    assertThat(OwnServicesText.parse("boot-2 net", text)).isEmpty();
  }

  @Test
  void linesThatMakeNoSenseNameNoService() {
    var key = Tables.ipv4().keys().getFirst();
    var text =
        OwnServicesText.format("t", Set.of(key))
            + "TCP 192.0.2.1\n"
            + "TCP nowhere 80\n"
            + "TCP 192.0.2.1 99999\n"
            + "MARK IPV4 -1\n"
            + "MARK 5\n\n"
            + "XYZ 1 2\n";
    assertThat(OwnServicesText.parse("t", text)).containsExactly(key);
    assertThat(OwnServicesText.parse("t", text.substring(0, text.indexOf("TCP") + 8))).isEmpty();
    assertThat(OwnServicesText.parse("t", "")).isEmpty();
  }
}
