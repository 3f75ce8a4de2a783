// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class RouteEventsTest {
  private static final Duration NOW = Duration.ZERO;

  private final ScriptedLibc libc = new ScriptedLibc();

  @Test
  void newsThatWereLostAreToldAsLost() throws LinuxException {
    try (var events = RouteEvents.open(libc)) {
      libc.received.add("-" + Errno.ENOBUFS);
      assertThat(events.next(NOW)).containsExactly(new RouteEvent.Lost());
      libc.received.add("0000");
      assertThat(events.next(NOW)).containsExactly(new RouteEvent.Lost());
      libc.received.add("-" + Errno.EINTR);
      assertThat(events.next(NOW)).isEmpty();
      libc.received.add("-" + Errno.EBADF);
      assertThatThrownBy(() -> events.next(NOW)).hasMessage("recv: EBADF (netlink groups)");
    }
    assertThat(libc.closed).containsExactly(7, 8);
  }

  @Test
  void messagesOfOneDatagramAreToldInOrder() throws LinuxException {
    var link = new NetworkLink(2, "", 0, 0, MacAddress.NONE, 0);
    var request = RouteCodec.linksRequest().putInt(4, 2);
    var seen = NetlinkCodec.encode(new NetlinkMessage(16, 0, 0, 0, request));
    var gone = NetlinkCodec.encode(new NetlinkMessage(17, 0, 0, 0, request));
    try (var events = RouteEvents.open(libc)) {
      libc.received.add(hex(seen) + hex(gone));
      assertThat(events.next(NOW))
          .isEqualTo(List.of(new RouteEvent.LinkSeen(link), new RouteEvent.LinkGone(link)));
    }
  }

  private static String hex(ByteBuffer bytes) {
    var copy = new byte[bytes.remaining()];
    bytes.get(copy);
    return HexFormat.of().formatHex(copy);
  }
}
