// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.nanny;

import java.io.IOException;
import java.net.PortUnreachableException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import org.lvsdirector.nanny.Expectation.Verdict;

/**
 * Sends one datagram and compares the first datagram that the server sends back. Without anything
 * to send the check is bad. Where no answer is expected, the server is good unless it refuses (ICMP
 * port unreachable) before the deadline.
 */
final class UdpCheck {
  private static final int MOST_BYTES_OF_A_DATAGRAM = 65_535;

  private UdpCheck() {}

  static CheckResult run(Attempt attempt) throws InterruptedException {
    return attempt.run(DatagramChannel::open, channel -> converse(attempt, channel));
  }

  private static CheckResult converse(Attempt attempt, DatagramChannel channel) throws IOException {
    var request = attempt.request();
    if (!request.hasRemaining()) {
      return attempt.bad("nothing to send, and a UDP server speaks only when asked");
    }
    channel.connect(attempt.address());
    attempt.enter(Attempt.Phase.SENDING);
    channel.write(request);
    attempt.enter(Attempt.Phase.READING);
    try {
      return attempt.expectation().wantsAnswer()
          ? read(attempt, channel)
          : awaitRefusal(attempt, channel);
    } catch (PortUnreachableException _) {
      return attempt.bad("connection refused (port unreachable)");
    }
  }

  private static CheckResult read(Attempt attempt, DatagramChannel channel) throws IOException {
    var datagram = ByteBuffer.allocate(MOST_BYTES_OF_A_DATAGRAM);
    channel.read(datagram);
    attempt.answer().take(datagram.flip());
    return switch (attempt.expectation().judge(attempt.answer(), true)) {
      case Verdict.Match(var detail) -> attempt.good(detail);
      case Verdict.Mismatch(var reason) -> attempt.bad(reason);
      case Verdict.More _ -> throw new AssertionError("a complete answer needs no more");
    };
  }

  private static CheckResult awaitRefusal(Attempt attempt, DatagramChannel channel)
      throws IOException {
    try {
      channel.read(ByteBuffer.allocate(1));
      return attempt.good("sent and answered");
    } catch (ClosedByInterruptException e) {
      throw e;
    } catch (ClosedChannelException _) {
      return attempt.good("sent and not refused");
    }
  }
}
