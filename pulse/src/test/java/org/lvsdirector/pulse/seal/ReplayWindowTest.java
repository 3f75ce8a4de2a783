// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.seal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Each number once, and none from far behind. */
class ReplayWindowTest {

  @Test
  void itDecidesAsASetWould() {
    for (var seed = 0; seed < 200; seed++) {
      var random = new Random(seed);
      var window = new ReplayWindow();
      var taken = new HashSet<Long>();
      var highest = 0L;
      for (var i = 0; i < 2_000; i++) {
        var number = Math.max(0, highest + random.nextLong(-1_500, random.nextInt(3) + 2));
        if (random.nextInt(200) == 0) {
          number = highest + random.nextLong(3_000);
        }
        var isNew = number > 0 && number > highest - ReplayWindow.SIZE && taken.add(number);
        assertThat(window.take(number)).as("seed %d, %d", seed, number).isEqualTo(isNew);
        highest = Math.max(highest, number);
      }
    }
  }
}
