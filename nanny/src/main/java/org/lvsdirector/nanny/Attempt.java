// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.nanny;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.Channel;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.lvsdirector.config.Endpoint;
import org.lvsdirector.linux.InternetAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One check of one server: its deadline, how far it got, and how it ends whatever happens. Owned by
 * the nanny's thread.
 */
final class Attempt {
  private static final Logger LOG = LoggerFactory.getLogger(Attempt.class);

  private final CheckDeadline watchdog;
  private final Farewell farewell;
  private final Endpoint server;
  private final String send;
  private final Expectation expectation;
  private final Duration timeout;
  private final long startNanos = System.nanoTime();
  private final Answer answer;
  private Phase phase = Phase.CONNECTING;

  /** How far a check got. */
  enum Phase {
    CONNECTING("not connected"),
    SENDING("not everything sent"),
    READING("no answer");

    private final String unfinished;

    Phase(String unfinished) {
      this.unfinished = unfinished;
    }
  }

  /**
   * How checks end.
   *
   * @param deadline ends those that take too long
   * @param farewell ends the good ones
   * @param timeout how long one may take
   */
  record Ending(CheckDeadline deadline, Farewell farewell, Duration timeout) {}

  /** Opens a channel; failing means that this machine lacks something. */
  interface Opening<C extends Channel> {
    C open(StandardProtocolFamily family) throws IOException;
  }

  /** What is done with an open channel. */
  interface Conversation<C extends Channel> {
    CheckResult hold(C channel) throws IOException;
  }

  Attempt(Ending ending, Endpoint server, String send, Expectation expectation) {
    this.watchdog = ending.deadline();
    this.farewell = ending.farewell();
    this.server = server;
    this.send = send;
    this.expectation = expectation;
    this.timeout = ending.timeout();
    this.answer = new Answer(startNanos + timeout.toNanos());
  }

  /** Opens, converses under the deadline, closes, and says how it went. */
  <C extends Channel> CheckResult run(Opening<C> opening, Conversation<C> conversation)
      throws InterruptedException {
    C channel;
    try {
      channel =
          opening.open(
              server.address().isIpv4()
                  ? StandardProtocolFamily.INET
                  : StandardProtocolFamily.INET6);
    } catch (IOException e) {
      return undecided("no socket: " + Wording.reason(e));
    }
    CheckResult result = undecided("not made");
    try (var guard = watchdog.guard(channel, startNanos + timeout.toNanos())) {
      result = converse(channel, conversation, guard);
    } finally {
      end(channel, result);
    }
    return result;
  }

  private <C extends Channel> CheckResult converse(
      C channel, Conversation<C> conversation, CheckDeadline.Guard guard)
      throws InterruptedException {
    try {
      return conversation.hold(channel);
    } catch (ClosedByInterruptException e) {
      throw interrupted(e);
    } catch (ClosedChannelException e) {
      return guard.isExpired() ? late() : bad("socket closed");
    } catch (IOException e) {
      return OwnFault.is(e)
          ? undecided("this machine cannot: " + Wording.reason(e))
          : bad(Wording.reason(e));
    } catch (Answer.TooLateException e) {
      if (Thread.currentThread().isInterrupted()) {
        throw interrupted(e);
      }
      return bad(Wording.reason(e) + ", more than " + Wording.duration(timeout));
    } catch (StackOverflowError _) {
      return bad("the regular expression is too deep for this answer");
    }
  }

  /** Failing now changes no verdict. */
  private void end(Channel channel, CheckResult result) {
    try {
      if (result instanceof CheckResult.Good
          && channel instanceof SocketChannel connection
          && connection.isOpen()) {
        farewell.part(connection);
      } else {
        channel.close();
      }
    } catch (IOException | OutOfMemoryError e) {
      LOG.debug("closing the socket of a check: {}", e.toString());
      closeAtOnce(channel);
    }
  }

  private static void closeAtOnce(Channel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      LOG.debug("closing the socket of a check: {}", e.toString());
    }
  }

  private static InterruptedException interrupted(Exception cause) {
    Thread.interrupted();
    var interrupted = new InterruptedException("check interrupted");
    interrupted.initCause(cause);
    return interrupted;
  }

  /** The check's next part begins. */
  void enter(Phase next) {
    phase = next;
  }

  /** What comes back. */
  Answer answer() {
    return answer;
  }

  /** What should come back. */
  Expectation expectation() {
    return expectation;
  }

  /** The server's address for the JDK. */
  InetSocketAddress address() throws UnknownHostException {
    var address = server.address();
    return new InetSocketAddress(
        InternetAddress.of(address.bytes(), address.zone()), server.port());
  }

  /** What is sent, one byte for each char. */
  ByteBuffer request() {
    return ByteBuffer.wrap(send.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Ends good. */
  CheckResult good(String detail) {
    return new CheckResult.Good(detail, tookNanos());
  }

  /** Ends bad. */
  CheckResult bad(String reason) {
    return new CheckResult.Bad(reason, tookNanos());
  }

  /** Ends because the deadline has come. */
  CheckResult late() {
    var within = "within " + Wording.duration(timeout);
    return bad(
        phase == Phase.READING
            ? expectation.late(answer.toString(), within)
            : phase.unfinished + " " + within);
  }

  private CheckResult undecided(String reason) {
    return new CheckResult.Undecided(reason, tookNanos());
  }

  private long tookNanos() {
    return System.nanoTime() - startNanos;
  }
}
