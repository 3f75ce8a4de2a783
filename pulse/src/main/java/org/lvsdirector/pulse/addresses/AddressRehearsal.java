// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.addresses;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.lvsdirector.config.VirtualService.VirtualAddress;
import org.lvsdirector.linux.InterfaceAddress;
import org.lvsdirector.linux.Libc;
import org.lvsdirector.linux.LinuxException;
import org.lvsdirector.linux.PacketSocket;
import org.lvsdirector.pulse.seal.AnnouncementTag;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything that taking, announcing and giving up addresses runs, with sockets of its own and on
 * an interface that does not exist: the kernel refuses each request, so nothing changes and no
 * frame leaves.
 */
final class AddressRehearsal {
  private static final Logger LOG = LoggerFactory.getLogger(AddressRehearsal.class);

  /** No interface has it: the kernel numbers them from 1 on. */
  private static final int NOWHERE = Integer.MAX_VALUE;

  /** Enough to run what is run for each. */
  private static final int MOST_ADDRESSES = 4;

  private AddressRehearsal() {}

  /**
   * Does it once.
   *
   * @param virtuals the addresses that are to be held one day
   * @param tags the tags of what this director announces
   */
  static void run(Libc libc, List<VirtualAddress> virtuals, AnnouncementTag tags)
      throws IOException {
    var some = virtuals.subList(0, Math.min(virtuals.size(), MOST_ADDRESSES));
    try (var writer = new AddressWriter(libc)) {
      var seen = writer.read();
      var plan = AddressPlan.toHold(some, seen, Set.of());
      var nowhere = plan.held().stream().map(AddressRehearsal::moved).toList();
      var added = writer.add(nowhere, seen);
      var deleted = writer.delete(nowhere, seen);
      var left = AddressPlan.toRelease(some, seen, Set.of());
      LOG.trace("refused as they should be: {} {}; {}", added, deleted, left);
      announce(libc, Announced.where(some, seen), tags);
    }
  }

  private static InterfaceAddress moved(InterfaceAddress address) {
    return new InterfaceAddress(
        address.address(),
        address.peer(),
        address.prefix(),
        NOWHERE,
        address.label(),
        address.scope(),
        address.flags(),
        address.protocol(),
        address.life());
  }

  private static void announce(Libc libc, List<Announced> announced, AnnouncementTag tags)
      throws IOException {
    var now = System.nanoTime();
    var schedule = new AnnouncementSchedule();
    schedule.restart(announced, now);
    try (var socket = PacketSocket.open(libc)) {
      for (var due : schedule.take(now, MOST_ADDRESSES)) {
        send(socket, due.announced().frame(due.frame(), tags));
      }
    }
  }

  private static void send(PacketSocket socket, byte[] frame) {
    try {
      socket.send(NOWHERE, frame);
    } catch (LinuxException e) {
      LOG.trace("refused as it should be", e);
    }
  }
}
