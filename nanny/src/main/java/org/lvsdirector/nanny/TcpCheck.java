// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.nanny;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import org.lvsdirector.nanny.Expectation.Verdict;

/**
 * Connects, sends, compares what comes back.
 *
 * <p>A good check ends its connection in order ({@link Farewell}), because a reset after each check
 * would fill the logs of many servers, and some refuse a host after too many. The TIME_WAIT that
 * this leaves with us where the server does not close first is bounded by 60 s / interval for each
 * server, each to another destination, so that ports do not run out. Every other check ends with a
 * reset, which frees a hanging connection on both sides at once.
 */
final class TcpCheck {
  private TcpCheck() {}

  static CheckResult run(Attempt attempt) throws InterruptedException {
    return attempt.run(SocketChannel::open, channel -> converse(attempt, channel));
  }

  private static CheckResult converse(Attempt attempt, SocketChannel channel) throws IOException {
    channel.setOption(StandardSocketOptions.SO_LINGER, 0);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.connect(attempt.address());
    if (isSelfConnected(channel)) {
      return attempt.bad("connection refused (only connected to itself)");
    }
    attempt.enter(Attempt.Phase.SENDING);
    var request = attempt.request();
    var isAsking = request.hasRemaining();
    while (request.hasRemaining()) {
      channel.write(request);
    }
    return attempt.expectation().wantsAnswer()
        ? read(attempt, channel)
        : attempt.good(isAsking ? "connected and sent" : "connected");
  }

  /**
   * A connection to a port of this very machine that nobody listens on can meet itself, when the
   * kernel happens to choose the same port for our side (simultaneous open, RFC 9293 section 3.5).
   */
  static boolean isSelfConnected(SocketChannel channel) throws IOException {
    return channel.getLocalAddress().equals(channel.getRemoteAddress());
  }

  private static CheckResult read(Attempt attempt, SocketChannel channel) throws IOException {
    attempt.enter(Attempt.Phase.READING);
    var isMatchSoFar = false;
    while (true) {
      int count;
      try {
        count = channel.read(attempt.answer().room());
      } catch (ClosedByInterruptException e) {
        throw e;
      } catch (ClosedChannelException e) {
        if (isMatchSoFar) {
          return attempt.good("answer matched until the deadline");
        }
        throw e;
      }
      attempt.answer().grow(Math.max(0, count));
      var isComplete = count < 0 || attempt.answer().isFull();
      switch (attempt.expectation().judge(attempt.answer(), isComplete)) {
        case Verdict.Match(var detail) -> {
          return attempt.good(detail);
        }
        case Verdict.Mismatch(var reason) -> {
          return attempt.bad(reason);
        }
        case Verdict.More(var isMatchAtEnd) -> isMatchSoFar = isMatchAtEnd;
      }
    }
  }
}
