// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.addresses;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.lvsdirector.config.IpAddress;
import org.lvsdirector.linux.EchoMessage;
import org.lvsdirector.linux.EchoSocket;
import org.lvsdirector.linux.HostAddress;
import org.lvsdirector.linux.Libc;
import org.lvsdirector.linux.LinuxException;
import org.lvsdirector.pulse.port.Ports;

/** The machines that a director reaches unless it is itself cut off, asked by ICMP echo. */
public final class PingTargets implements Ports.Targets {

  /** Several questions, since a frame may be lost; the answer to the first one ends them. */
  private static final int QUESTIONS = 5;

  private static final Duration GAP = Duration.ofMillis(50);

  private final Libc libc;
  private final List<HostAddress> targets;

  /** Asks these machines, at least one. */
  public PingTargets(Libc libc, List<IpAddress> targets) {
    this.libc = libc;
    this.targets = targets.stream().map(Interfaces::host).toList();
  }

  /** Asks all targets until the first one answers, for a quarter of a second at most. */
  @Override
  public void ping() throws IOException {
    var token = ThreadLocalRandom.current().nextLong();
    var sockets = new ArrayList<EchoSocket>();
    try {
      for (var isIpv6 : List.of(false, true)) {
        if (targets.stream().anyMatch(target -> target.isIpv6() == isIpv6)) {
          sockets.add(EchoSocket.open(libc, isIpv6));
        }
      }
      ask(sockets, token);
    } finally {
      sockets.forEach(EchoSocket::close);
    }
  }

  private void ask(List<EchoSocket> sockets, long token) throws IOException {
    var problem = "none of " + targets.size() + " ping targets answers";
    for (var question = 0; question < QUESTIONS; question++) {
      for (var target : targets) {
        try {
          socketOf(target, sockets).send(target, question(target, token, question));
        } catch (LinuxException e) {
          problem = Interfaces.text(target) + " cannot be asked: " + e.getMessage();
        }
      }
      if (isAnswered(sockets, token)) {
        return;
      }
    }
    throw new IOException(problem);
  }

  private EchoSocket socketOf(HostAddress target, List<EchoSocket> sockets) {
    return target.isIpv6() ? sockets.getLast() : sockets.getFirst();
  }

  private static EchoMessage question(HostAddress target, long token, int number) {
    var identifier = (int) (token & 0xffff);
    return new EchoMessage(target.isIpv6(), false, identifier, number, token);
  }

  private static boolean isAnswered(List<EchoSocket> sockets, long token) throws LinuxException {
    var deadline = System.nanoTime() + GAP.toNanos();
    while (deadline - System.nanoTime() > 0) {
      for (var socket : sockets) {
        var left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
        var answer = socket.receive(left.dividedBy(sockets.size()));
        if (answer.filter(echo -> echo.isReply() && echo.token() == token).isPresent()) {
          return true;
        }
      }
    }
    return false;
  }
}
