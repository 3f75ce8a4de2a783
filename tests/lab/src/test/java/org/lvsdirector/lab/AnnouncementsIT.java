// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lvsdirector.linux.ArpFrame;

/** What a takeover says on the wire: in our own decoding, and in tcpdump's. */
class AnnouncementsIT {
  @Test
  void aTakeoverAnnouncesWhereTheAddressesAreNow() throws IOException {
    try (var stage = Stage.open("announcements", Profile.DEFAULT)) {
      stage.settle();
      var active = stage.lab().activeNode();
      var standby = active.other();
      var mac = Net.PUBLIC.mac(standby.number());
      try (var capture =
          Capture.start(stage.network(), Net.PUBLIC, "(arp or icmp6) and ether src host " + mac)) {
        var start = System.nanoTime();
        stage.lab().powerOff(active);
        stage.awaitTakeover(standby);
        var words = capture.words();
        var frames = capture.frames();

        var gratuitous = gratuitous(stage, start, mac);
        assertThat(gratuitous).extracting(ArpFrame::operation).contains(1, 2);
        assertThat(decodedOf(frames, mac)).isNotEmpty().hasSameSizeAs(saidOf(words, mac));
        assertThat(stage.advertisements().since(start))
            .anySatisfy(
                seen -> {
                  assertThat(seen.frame().mac().toString()).isEqualTo(mac);
                  assertThat(seen.frame().flags() & 0x2000_0000).as("override").isNotZero();
                });
        assertThat(words).anyMatch(line -> line.contains("neighbor advertisement"));
      }
    }
  }

  private static List<ArpFrame> gratuitous(Stage stage, long since, String mac) {
    return stage.arp().since(since).stream()
        .map(FrameWatch.Seen::frame)
        .filter(frame -> isAnnouncement(frame, mac))
        .toList();
  }

  private static List<ArpFrame> decodedOf(List<Capture.Frame> frames, String mac) {
    return frames.stream()
        .flatMap(frame -> ArpFrame.decode(frame.bytes()).stream())
        .filter(frame -> isAnnouncement(frame, mac))
        .toList();
  }

  /** Whether a host says that it has the virtual IPv4 address. */
  static boolean isAnnouncement(ArpFrame frame, String mac) {
    return frame.isGratuitous()
        && frame.sender().toString().equals(Lab.VIRTUAL_4)
        && frame.senderMac().toString().equals(mac);
  }

  /** The words of tcpdump for a request and for an answer about one's own address. */
  private static List<String> saidOf(List<String> words, String mac) {
    return words.stream()
        .filter(line -> line.contains("> ff:ff:ff:ff:ff:ff"))
        .filter(
            line ->
                line.contains("Announcement " + Lab.VIRTUAL_4)
                    || line.contains("who-has %s tell %s".formatted(Lab.VIRTUAL_4, Lab.VIRTUAL_4))
                    || line.contains(
                        "who-has %s (%s) tell %s".formatted(Lab.VIRTUAL_4, mac, Lab.VIRTUAL_4))
                    || line.contains("Reply %s is-at %s".formatted(Lab.VIRTUAL_4, mac)))
        .toList();
  }
}
