// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.addresses;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.lvsdirector.config.VirtualService.VirtualAddress;
import org.lvsdirector.linux.HostAddress;
import org.lvsdirector.linux.InterfaceAddress;
import org.lvsdirector.linux.InterfaceAddress.Life;
import org.lvsdirector.linux.NetworkLink;

/**
 * What to change so that this machine holds certain virtual addresses, or none.
 *
 * <p>An address is ours when it carries {@link #MARK}, or when it was recorded before it was added:
 * kernels before 5.18 keep no mark. An address that is not ours is never moved or changed; one that
 * is just where lvs.cf wants it is taken over as it is, and given up like the others.
 *
 * @param delete in this order: what an earlier configuration or a changed lvs.cf left at the wrong
 *     place
 * @param add what is missing
 * @param held where each address will be
 * @param problems why an address cannot be held, a sentence each
 * @param remarks what an operator should know although it does not hinder
 */
record AddressPlan(
    List<InterfaceAddress> delete,
    List<InterfaceAddress> add,
    List<InterfaceAddress> held,
    List<String> problems,
    List<String> remarks) {

  /** The protocol of our addresses; linux/if_addr.h IFA_PROTO leaves 4 to 255 to us all. */
  static final int MARK = 76;

  /** linux/if.h IFNAMSIZ, without the NUL. */
  private static final int MAX_LABEL = 15;

  AddressPlan {
    delete = List.copyOf(delete);
    add = List.copyOf(add);
    held = List.copyOf(held);
    problems = List.copyOf(problems);
    remarks = List.copyOf(remarks);
  }

  /** Whether nothing is to be changed. */
  boolean isEmpty() {
    return delete.isEmpty() && add.isEmpty();
  }

  /**
   * The way from what is to holding exactly these addresses.
   *
   * @param recorded addresses that this director has added, besides those that carry the mark
   */
  static AddressPlan toHold(
      List<VirtualAddress> wanted, Interfaces seen, Set<HostAddress> recorded) {
    var draft = new Draft(seen, seen.byHost(), recorded);
    wanted.forEach(draft::hold);
    draft.dropOthers();
    return draft.plan();
  }

  /**
   * What to delete to hold none: everything that is ours, and the given addresses where lvs.cf
   * wants them. Secondary addresses first, for the kernel deletes them with the first one of their
   * network.
   */
  static List<InterfaceAddress> toRelease(
      Collection<VirtualAddress> virtuals, Interfaces seen, Set<HostAddress> recorded) {
    var release = new LinkedHashSet<InterfaceAddress>();
    for (var address : seen.addresses()) {
      if (isOurs(address, recorded)) {
        release.add(address);
      }
    }
    var places = seen.byHost();
    for (var virtual : virtuals) {
      var link = seen.placeOf(virtual);
      for (var address : places.getOrDefault(Interfaces.host(virtual.address()), List.of())) {
        var isInPlace = link.isPresent() && link.get().index() == address.linkIndex();
        if (isInPlace) {
          release.add(address);
        }
      }
    }
    return inOrder(release);
  }

  private static List<InterfaceAddress> inOrder(Collection<InterfaceAddress> addresses) {
    return addresses.stream()
        .sorted(Comparator.comparing(InterfaceAddress::isSecondary).reversed())
        .toList();
  }

  private static boolean isOurs(InterfaceAddress address, Set<HostAddress> recorded) {
    return address.protocol() == MARK || recorded.contains(address.address());
  }

  /** The address as this director adds it. */
  static InterfaceAddress shaped(VirtualAddress virtual, NetworkLink link) {
    var host = Interfaces.host(virtual.address());
    return new InterfaceAddress(
        host,
        host,
        virtual.prefix(),
        link.index(),
        label(virtual, link, host.isIpv6()),
        link.isLoopback() ? InterfaceAddress.THIS_HOST : InterfaceAddress.EVERYWHERE,
        host.isIpv6() ? InterfaceAddress.NO_DUPLICATE_DETECTION : 0,
        MARK,
        host.isIpv6() ? Life.FOREVER_DEPRECATED : Life.FOREVER);
  }

  /** By the interface's present name, whatever name of it lvs.cf has. */
  private static String label(VirtualAddress virtual, NetworkLink link, boolean isIpv6) {
    if (isIpv6) {
      return "";
    }
    var alias =
        virtual.label().isEmpty() ? "" : virtual.label().substring(virtual.device().length());
    var label = link.name() + alias;
    return label.length() <= MAX_LABEL ? label : link.name();
  }

  /** A plan under way. */
  private static final class Draft {
    private final Interfaces seen;
    private final Map<HostAddress, List<InterfaceAddress>> places;
    private final Set<HostAddress> recorded;
    private final List<InterfaceAddress> delete = new ArrayList<>();
    private final List<InterfaceAddress> add = new ArrayList<>();
    private final List<InterfaceAddress> held = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();
    private final Set<HostAddress> wanted = new HashSet<>();

    Draft(
        Interfaces seen,
        Map<HostAddress, List<InterfaceAddress>> places,
        Set<HostAddress> recorded) {
      this.seen = seen;
      this.places = places;
      this.recorded = recorded;
    }

    void hold(VirtualAddress virtual) {
      wanted.add(Interfaces.host(virtual.address()));
      var link = seen.placeOf(virtual);
      if (link.isEmpty()) {
        problems.add(noPlace(virtual));
      } else if (!link.get().isUp()) {
        problems.add(
            "%s belongs on %s, which is switched off: ip link set %s up"
                .formatted(virtual.address(), link.get().name(), link.get().name()));
      } else {
        place(shaped(virtual, link.get()));
      }
    }

    private String noPlace(VirtualAddress virtual) {
      return virtual.device().isEmpty()
          ? "%s is in the network of no interface; name its device in lvs.cf (there are %s)"
              .formatted(virtual.address(), seen.names())
          : "%s belongs on %s, which does not exist; the interfaces are %s"
              .formatted(virtual.address(), virtual.device(), seen.names());
    }

    private void place(InterfaceAddress target) {
      var isThere = false;
      for (var present : places.getOrDefault(target.address(), List.of())) {
        var isSame =
            present.linkIndex() == target.linkIndex() && present.prefix() == target.prefix();
        if (isSame && present.isUsable()) {
          isThere = true;
        } else if (isSame || isOurs(present, recorded)) {
          delete.add(present);
        } else {
          isThere |= blocks(present, target);
          remarks.add(misplaced(present, target));
        }
      }
      held.add(target);
      if (!isThere) {
        add.add(target);
      }
    }

    /** An interface has an IPv6 address once, with whatever prefix length. */
    private static boolean blocks(InterfaceAddress present, InterfaceAddress target) {
      return target.address().isIpv6() && present.linkIndex() == target.linkIndex();
    }

    private String misplaced(InterfaceAddress present, InterfaceAddress target) {
      return "%s is on %s with prefix length %d too, put there by somebody else: it stays"
          .formatted(
              Interfaces.text(target.address()),
              seen.nameOf(present.linkIndex()),
              present.prefix());
    }

    /** Ours, but not wanted any more. */
    void dropOthers() {
      for (var address : seen.addresses()) {
        if (isOurs(address, recorded) && !wanted.contains(address.address())) {
          delete.add(address);
        }
      }
    }

    AddressPlan plan() {
      return new AddressPlan(inOrder(delete), add, held, problems, remarks);
    }
  }
}
