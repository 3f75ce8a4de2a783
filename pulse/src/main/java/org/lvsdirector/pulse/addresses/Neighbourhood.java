// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.addresses;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.lvsdirector.linux.AgentLoop;
import org.lvsdirector.linux.ArpFrame;
import org.lvsdirector.linux.HostAddress;
import org.lvsdirector.linux.Libc;
import org.lvsdirector.linux.LinuxException;
import org.lvsdirector.linux.MacAddress;
import org.lvsdirector.linux.NeighbourFrame;
import org.lvsdirector.linux.PacketFilter;
import org.lvsdirector.linux.PacketSocket;
import org.lvsdirector.pulse.seal.AnnouncementTag;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The other machines on the networks of the virtual addresses: hears when one of them announces
 * such an address, on a thread for each IP version, and whether it is the partner; and asks whether
 * one of them has it.
 */
final class Neighbourhood implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Neighbourhood.class);
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final long TELL_GAP_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
  private static final long LOG_GAP_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final int BATCH = 20;
  private static final long BATCH_GAP_NANOS = 1_000_000;

  /** Two questions, since a frame may be lost. */
  private static final int QUESTIONS = 2;

  private static final Duration SHORT = Duration.ofMillis(10);
  private static final Duration ANSWER_PATIENCE = Duration.ofMillis(150);

  private final Libc libc;
  private final AnnouncementTag tags;
  private final Runnable partnerListener;
  private final List<AgentLoop> loops;
  private final AtomicLong foreignHeard = new AtomicLong();
  private volatile Expected expected = new Expected(Set.of(), Set.of());

  /**
   * What counts as foreign.
   *
   * @param hosts the virtual addresses
   * @param ownMacs the MAC addresses of this machine
   */
  private record Expected(Set<HostAddress> hosts, Set<MacAddress> ownMacs) {
    boolean isForeign(HostAddress address, MacAddress mac) {
      return hosts.contains(address) && !ownMacs.contains(mac);
    }
  }

  /** A machine that says it has an address. */
  record Claimant(HostAddress address, MacAddress mac) {
    /** What a tag of it is made of. */
    byte[] bytes() {
      var host = address.bytes();
      return ByteBuffer.allocate(MacAddress.BYTES + host.length).put(mac.bytes()).put(host).array();
    }
  }

  /**
   * Listens from now on.
   *
   * @param tags by which the partner's announcements are known
   * @param partnerListener is told when the partner announces an address
   */
  Neighbourhood(Libc libc, AnnouncementTag tags, Runnable partnerListener) throws LinuxException {
    this.libc = libc;
    this.tags = tags;
    this.partnerListener = partnerListener;
    var arp = PacketSocket.open(libc, PacketFilter.GRATUITOUS_ARP, 0);
    var advertisements = PacketSocket.open(libc, PacketFilter.ADVERTISEMENTS, 0);
    loops = List.of(loop("pulse-arp", arp), loop("pulse-nd", advertisements));
    loops.forEach(AgentLoop::start);
  }

  private AgentLoop loop(String name, PacketSocket socket) {
    var told = new Told();
    return new AgentLoop(name, () -> listen(socket, told), Neighbourhood::failed)
        .facingStrangers()
        .wokenBy(socket::wake)
        .endingWith(socket::close);
  }

  /** What to listen for from now on. */
  void expect(Set<HostAddress> hosts, Interfaces seen) {
    expected = new Expected(hosts, seen.macs());
  }

  /** Announcements of other machines so far. */
  long foreignHeard() {
    return foreignHeard.get();
  }

  // ---- hearing ---------------------------------------------------------------------------------

  private void listen(PacketSocket socket, Told told) throws LinuxException {
    var frame = socket.receive(PATIENCE);
    if (frame.isPresent()) {
      announcer(frame.get())
          .filter(this::isForeign)
          .ifPresent(claimant -> told.tell(claimant, isPartner(claimant, frame.get())));
    }
  }

  private static void failed(Exception e) {
    if (e instanceof LinuxException) {
      LOG.debug("cannot hear announcements for a moment", e);
    } else {
      LOG.error("the watch of announcements goes on after a defect of its own", e);
    }
  }

  private boolean isForeign(Claimant claimant) {
    return expected.isForeign(claimant.address(), claimant.mac());
  }

  /** Whether it is the partner that says so. */
  private boolean isPartner(Claimant claimant, byte[] frame) {
    var tag =
        ArpFrame.decode(frame).isPresent() ? ArpFrame.padding(frame) : NeighbourFrame.note(frame);
    // The network, or the format, may have filled it up.
    var cut = Arrays.copyOf(tag, Math.min(tag.length, AnnouncementTag.BYTES));
    return tags.isPartners(claimant.bytes(), cut, System.currentTimeMillis());
  }

  /**
   * Who announces by this frame. An advertisement counts only from a director: a kernel answers a
   * probe by one too, also when the director above it is dead.
   */
  private static Optional<Claimant> announcer(byte[] frame) {
    var arp = ArpFrame.decode(frame).filter(ArpFrame::isGratuitous);
    if (arp.isPresent()) {
      return arp.map(found -> new Claimant(found.sender(), found.senderMac()));
    }
    return NeighbourFrame.decode(frame)
        .filter(found -> found.flowLabel() == NeighbourFrame.DIRECTOR_LABEL)
        .map(found -> new Claimant(found.target(), found.mac()));
  }

  /** Keeps a burst for a thousand addresses from becoming a thousand inputs and lines of log. */
  private final class Told {
    private long toldNanos = System.nanoTime() - TELL_GAP_NANOS;
    private long loggedNanos = System.nanoTime() - LOG_GAP_NANOS;

    void tell(Claimant claimant, boolean isPartner) {
      foreignHeard.incrementAndGet();
      var now = System.nanoTime();
      if (isPartner && now - toldNanos >= TELL_GAP_NANOS) {
        toldNanos = now;
        partnerListener.run();
      }
      if (now - loggedNanos >= LOG_GAP_NANOS) {
        loggedNanos = now;
        var who = isPartner ? "the partner" : "a machine that is not the partner";
        LOG.info(
            "{} is announced by {}, {}", Interfaces.text(claimant.address()), claimant.mac(), who);
      }
    }
  }

  // ---- asking ----------------------------------------------------------------------------------

  /**
   * Asks for each of these addresses whether another machine has it; returns at the first answer,
   * or empty when none came in time. Several may ask at once.
   */
  Optional<Claimant> ask(List<Announced> probes) throws IOException {
    var isIpv4 = probes.stream().anyMatch(probe -> !probe.address().isIpv6());
    var isIpv6 = probes.stream().anyMatch(probe -> probe.address().isIpv6());
    var sockets = new ArrayList<PacketSocket>();
    try {
      if (isIpv4) {
        sockets.add(PacketSocket.open(libc, PacketFilter.ARP_REPLIES, 0));
      }
      if (isIpv6) {
        sockets.add(PacketSocket.open(libc, PacketFilter.ADVERTISEMENTS, 0));
      }
      return ask(probes, sockets);
    } finally {
      sockets.forEach(PacketSocket::close);
    }
  }

  private Optional<Claimant> ask(List<Announced> probes, List<PacketSocket> sockets)
      throws LinuxException {
    for (var question = 0; question < QUESTIONS; question++) {
      for (var from = 0; from < probes.size(); from += BATCH) {
        var batch = probes.subList(from, Math.min(from + BATCH, probes.size()));
        for (var probe : batch) {
          send(probe, sockets.getFirst());
        }
        if (from + BATCH < probes.size()) {
          LockSupport.parkNanos(BATCH_GAP_NANOS);
        }
      }
      var answer = answer(sockets);
      if (answer.isPresent()) {
        return answer;
      }
    }
    return Optional.empty();
  }

  private void send(Announced probe, PacketSocket socket) {
    var frame =
        probe.address().isIpv6()
            ? NeighbourFrame.probe(probe.mac(), probe.address()).encode()
            : ArpFrame.probe(probe.mac(), probe.address()).encode();
    try {
      socket.send(probe.linkIndex(), frame);
    } catch (LinuxException e) {
      LOG.debug("cannot ask for {}", probe.address(), e);
    }
  }

  private Optional<Claimant> answer(List<PacketSocket> sockets) throws LinuxException {
    var deadline = System.nanoTime() + ANSWER_PATIENCE.toNanos();
    while (deadline - System.nanoTime() > 0) {
      for (var socket : sockets) {
        var patience = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
        var turn = patience.dividedBy(sockets.size());
        var frame = socket.receive(turn.compareTo(SHORT) < 0 ? turn : SHORT);
        var claimant = frame.flatMap(Neighbourhood::owner).filter(this::isForeign);
        if (claimant.isPresent()) {
          return claimant;
        }
      }
    }
    return Optional.empty();
  }

  /** Who says by this frame that it has an address, asked or not. */
  private static Optional<Claimant> owner(byte[] frame) {
    var arp = ArpFrame.decode(frame);
    return arp.isPresent()
        ? arp.map(found -> new Claimant(found.sender(), found.senderMac()))
        : NeighbourFrame.decode(frame).map(found -> new Claimant(found.target(), found.source()));
  }

  @Override
  public void close() {
    loops.forEach(AgentLoop::close);
  }
}
