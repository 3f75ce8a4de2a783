// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A thousand virtual addresses move at once. */
class ThousandAddressesIT {
  private static final int ADDRESSES = 1000;

  @Test
  void allAreAnnouncedSoonAndTheHeartbeatKeepsItsTime() throws IOException {
    try (var stage = Stage.open("thousand", Profile.DEFAULT.addresses(ADDRESSES))) {
      stage.settle();
      var active = stage.lab().activeNode();
      var standby = active.other();
      try (var heartbeats =
          Capture.start(
              stage.network(),
              Net.PRIVATE,
              "udp port 539 and src host " + Net.PRIVATE.ipv4(standby.number()))) {
        var start = System.nanoTime();
        stage.lab().powerOff(active);
        stage.lab().await("all announced", () -> announced(stage, standby, start).size() >= 1000);
        var last =
            stage.arp().since(start).stream().mapToLong(FrameWatch.Seen::atNanos).max().orElse(0);
        stage.awaitTakeover(standby);
        var gap = longestGapMillis(heartbeats);
        System.out.printf(
            "%nThe lab: %d addresses: taken after %d ms, outage of the first %d ms, all announced"
                + " after %d ms, longest time between heartbeats %d ms%n",
            ADDRESSES,
            (stage.lab().heldAfter(standby, start) - start) / 1_000_000,
            stage.udp().outage(start, System.nanoTime()).longestMillis(),
            (last - start) / 1_000_000,
            gap);
        assertThat(gap).isLessThan(Profile.DEFAULT.deadtimeMillis());
      }
    }
  }

  private static Set<String> announced(Stage stage, Node by, long since) {
    var mac = Net.PUBLIC.mac(by.number());
    var addresses = new HashSet<String>();
    for (var seen : stage.arp().since(since)) {
      if (seen.frame().isGratuitous() && seen.frame().senderMac().toString().equals(mac)) {
        addresses.add(seen.frame().sender().toString());
      }
    }
    return addresses;
  }

  private static long longestGapMillis(Capture capture) throws IOException {
    var frames = capture.frames();
    long longest = 0;
    for (var i = 1; i < frames.size(); i++) {
      longest =
          Math.max(
              longest, frames.get(i).at().toEpochMilli() - frames.get(i - 1).at().toEpochMilli());
    }
    return longest;
  }
}
