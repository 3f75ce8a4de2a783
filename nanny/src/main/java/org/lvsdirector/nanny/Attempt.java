// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.nanny;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.Channel;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.lvsdirector.config.Endpoint;
import org.lvsdirector.linux.InternetAddress;

/**
 * One check of one server: its deadline, how far it got, and how it ends whatever happens. Owned by
 * the nanny's thread.
 */
final class Attempt {
  private final CheckDeadline watchdog;
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

  /** Opens a channel; failing means that this machine lacks something. */
  interface Opening<C extends Channel> {
    C open(StandardProtocolFamily family) throws IOException;
  }

  /** What is done with an open channel. */
  interface Conversation<C extends Channel> {
    CheckResult hold(C channel) throws IOException;
  }

  Attempt(
      CheckDeadline watchdog,
      Endpoint server,
      String send,
      Expectation expectation,
      Duration timeout) {
    this.watchdog = watchdog;
    this.server = server;
    this.send = send;
    this.expectation = expectation;
    this.timeout = timeout;
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
    try (channel;
        var guard = watchdog.guard(channel, startNanos + timeout.toNanos())) {
      return converse(channel, conversation, guard);
    } catch (IOException e) {
      return bad("closing the socket: " + Wording.reason(e));
    }
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
    } catch (BindException e) {
      return undecided("no local address or port: " + Wording.reason(e));
    } catch (IOException e) {
      return bad(Wording.reason(e));
    } catch (Answer.TooLateException e) {
      if (Thread.currentThread().isInterrupted()) {
        throw interrupted(e);
      }
      return bad(Wording.reason(e) + ", more than " + Wording.duration(timeout));
    } catch (StackOverflowError _) {
      return bad("the regular expression is too deep for this answer");
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
