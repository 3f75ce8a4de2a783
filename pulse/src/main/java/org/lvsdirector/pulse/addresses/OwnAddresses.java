// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.addresses;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.lvsdirector.config.VirtualService.VirtualAddress;
import org.lvsdirector.linux.HostAddress;
import org.lvsdirector.linux.InterfaceAddress;
import org.lvsdirector.linux.Libc;
import org.lvsdirector.linux.LinuxException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The addresses that this director has put on interfaces: adds and deletes them, looks whether it
 * is so, and notes them, so that a later process knows them again. One caller at a time; {@link
 * #seen} and {@link #text} from any thread.
 */
final class OwnAddresses implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OwnAddresses.class);
  private static final int MOST_PROBLEMS = 5;

  private final AddressWriter writer;
  private final AddressRecord file;
  private final Set<HostAddress> recorded;
  private volatile Interfaces seen;

  /**
   * Opens what it needs and looks around.
   *
   * @param record the file of the notes
   */
  OwnAddresses(Libc libc, Path record) throws LinuxException {
    recorded = new HashSet<>(AddressRecord.read(record));
    file = new AddressRecord(record);
    writer = new AddressWriter(libc);
    seen = writer.read();
  }

  /** The interfaces, as they were when somebody looked last. */
  Interfaces seen() {
    return seen;
  }

  /** Looks at the interfaces. */
  Interfaces look() throws LinuxException {
    seen = writer.read();
    return seen;
  }

  /** Those of some addresses, and of those noted, that are in place now. */
  List<InterfaceAddress> inPlace(List<VirtualAddress> virtuals) throws LinuxException {
    return AddressPlan.toRelease(virtuals, look(), recorded);
  }

  /** What is wanted and was not there when somebody looked last. */
  List<InterfaceAddress> missing(List<VirtualAddress> wanted) {
    return AddressPlan.toHold(wanted, seen, recorded).add();
  }

  /** Why some of these could not be held, as far as that can be seen. */
  List<String> obstacles(List<VirtualAddress> wanted) throws LinuxException {
    return AddressPlan.toHold(wanted, look(), recorded).problems();
  }

  /** Holds exactly these; they are noted before. Returns why some are not held. */
  List<String> take(List<VirtualAddress> wanted) throws IOException {
    recorded.addAll(hosts(wanted));
    file.write(recorded);
    var problems = make(wanted);
    if (problems.isEmpty()) {
      recorded.retainAll(hosts(wanted));
      file.write(recorded);
    }
    return problems;
  }

  /** Makes it so; returns why some are not held. */
  List<String> make(List<VirtualAddress> wanted) throws IOException {
    var now = look();
    var plan = AddressPlan.toHold(wanted, now, recorded);
    plan.remarks().forEach(LOG::warn);
    var problems = new ArrayList<>(plan.problems());
    problems.addAll(writer.delete(plan.delete(), now));
    problems.addAll(writer.add(plan.add(), now));
    if (problems.isEmpty() && !plan.isEmpty()) {
      look();
      missing(wanted)
          .forEach(address -> problems.add(text(List.of(address)) + " was added and is gone"));
    }
    if (!plan.isEmpty()) {
      LOG.info("addresses added={} deleted={}", plan.add().size(), plan.delete().size());
    }
    return problems;
  }

  /** Gives up these and all that are noted; returns why some are still there. */
  List<String> giveUp(List<VirtualAddress> given) throws IOException {
    var targets = inPlace(given);
    var problems = writer.delete(targets, seen);
    if (!targets.isEmpty()) {
      LOG.info("addresses deleted={}", targets.size() - problems.size());
      var left = inPlace(given);
      if (problems.isEmpty()) {
        left.forEach(address -> problems.add(text(List.of(address)) + " was deleted and is back"));
      }
    }
    if (problems.isEmpty()) {
      recorded.clear();
      file.write(recorded);
    }
    return problems;
  }

  /** Addresses in words, each with its interface. */
  String text(List<InterfaceAddress> addresses) {
    var current = seen;
    return joined(
        addresses.stream()
            .map(
                address ->
                    "%s/%d on %s"
                        .formatted(
                            Interfaces.text(address.address()),
                            address.prefix(),
                            current.nameOf(address.linkIndex())))
            .toList());
  }

  /** Some of the parts, and how many more there are. */
  static String joined(List<String> parts) {
    var shown = String.join("; ", parts.subList(0, Math.min(parts.size(), MOST_PROBLEMS)));
    return parts.size() <= MOST_PROBLEMS
        ? shown
        : shown + "; and " + (parts.size() - MOST_PROBLEMS) + " more";
  }

  static Set<HostAddress> hosts(List<VirtualAddress> virtuals) {
    return virtuals.stream()
        .map(virtual -> Interfaces.host(virtual.address()))
        .collect(Collectors.toSet());
  }

  /** Ends once the notes are written; what is held stays held. */
  @Override
  public void close() {
    file.close();
    writer.close();
  }
}
