// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.lab;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.lvsdirector.linux.ArpFrame;
import org.lvsdirector.linux.HostAddress;
import org.lvsdirector.linux.Libc;
import org.lvsdirector.linux.LinuxException;
import org.lvsdirector.linux.MacAddress;
import org.lvsdirector.linux.PacketSocket;

/**
 * Asks the wire again and again who has an address, in probes that nobody remembers, and notes who
 * answers.
 */
public final class ArpQuestions implements Closeable {
  private static final long INTERVAL_NANOS = 20_000_000L;

  private final FrameWatch<ArpFrame> answers;
  private final PacketSocket socket;
  private final HostAddress address;
  private volatile boolean isClosed;

  private ArpQuestions(FrameWatch<ArpFrame> answers, PacketSocket socket, HostAddress address) {
    this.answers = answers;
    this.socket = socket;
    this.address = address;
  }

  /** Starts to ask from a host's public device. */
  public static ArpQuestions start(Node node, Host host, String address) throws IOException {
    var device = Net.PUBLIC.device();
    var questions =
        new ArpQuestions(
            FrameWatch.arp(host, device),
            host.call(() -> PacketSocket.open(Libc.system())),
            HostAddress.of(InetAddress.ofLiteral(address).getAddress()));
    var index = host.call(() -> FrameWatch.index(device));
    var mac = MacAddress.of(Net.PUBLIC.mac(node.number()));
    Thread.ofPlatform()
        .daemon()
        .name(host.namespace() + "/questions")
        .start(() -> questions.ask(index, ArpFrame.probe(mac, questions.address).encode()));
    return questions;
  }

  private void ask(int linkIndex, byte[] question) {
    while (!isClosed) {
      try {
        socket.send(linkIndex, question);
      } catch (LinuxException _) {
        // The device is down for the moment.
      }
      LockSupport.parkNanos(INTERVAL_NANOS);
    }
    socket.close();
  }

  /** Who answered since a moment, as link-layer addresses. */
  public Set<String> answerersSince(long nanos) {
    var macs = new HashSet<String>();
    replies(nanos).forEach(seen -> macs.add(seen.frame().senderMac().toString()));
    return macs;
  }

  /** For how long more than one host answered between two moments, in steps of 40 ms. */
  public long dualNanos(long fromNanos, long untilNanos) {
    var step = 2 * INTERVAL_NANOS;
    var answerers = new HashMap<Long, Set<MacAddress>>();
    for (var seen : replies(fromNanos)) {
      if (seen.atNanos() - untilNanos < 0) {
        answerers
            .computeIfAbsent((seen.atNanos() - fromNanos) / step, _ -> new HashSet<>())
            .add(seen.frame().senderMac());
      }
    }
    return step * answerers.values().stream().filter(macs -> macs.size() > 1).count();
  }

  private List<FrameWatch.Seen<ArpFrame>> replies(long nanos) {
    return answers.since(nanos).stream()
        .filter(seen -> seen.frame().operation() == ArpFrame.REPLY)
        .filter(seen -> seen.frame().sender().equals(address) && !seen.frame().isGratuitous())
        .toList();
  }

  @Override
  public void close() throws IOException {
    isClosed = true;
    answers.close();
  }
}
