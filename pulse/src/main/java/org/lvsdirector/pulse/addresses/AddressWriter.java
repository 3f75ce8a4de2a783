// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.addresses;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.linux.Errno;
import org.lvsdirector.linux.InterfaceAddress;
import org.lvsdirector.linux.Libc;
import org.lvsdirector.linux.LinuxException;
import org.lvsdirector.linux.RouteNetlink;

/** Reads and changes this machine's addresses. Used by one thread at a time. */
final class AddressWriter implements AutoCloseable {
  private final Libc libc;
  private @Nullable RouteNetlink route;

  /** Opens the socket at once: at a takeover there may be no file descriptor left. */
  AddressWriter(Libc libc) throws LinuxException {
    this.libc = libc;
    route = RouteNetlink.open(libc);
  }

  /** What is there now. A socket that fails is replaced once. */
  Interfaces read() throws LinuxException {
    try {
      return readOnce();
    } catch (LinuxException _) {
      close();
      return readOnce();
    }
  }

  private Interfaces readOnce() throws LinuxException {
    return new Interfaces(route().links(), route().addresses());
  }

  private RouteNetlink route() throws LinuxException {
    var open = route;
    if (open == null) {
      open = RouteNetlink.open(libc);
      route = open;
    }
    return open;
  }

  /** Adds all that can be added; returns why the others cannot. */
  List<String> add(Collection<InterfaceAddress> addresses, Interfaces seen) {
    var problems = new ArrayList<String>();
    for (var address : addresses) {
      try {
        route().add(address);
      } catch (LinuxException e) {
        problems.add(words("cannot add", address, seen, e));
      }
    }
    return problems;
  }

  /**
   * Deletes all that can be deleted, and nothing else: siblings that the kernel would delete too
   * stay, or come back at once. Returns why the others cannot be deleted.
   */
  List<String> delete(Collection<InterfaceAddress> addresses, Interfaces seen) throws IOException {
    var problems = new ArrayList<String>();
    var endangered = Promotion.endangered(addresses, seen);
    var changed = Promotion.allow(endangered, seen);
    try {
      for (var address : addresses) {
        try {
          route().delete(address);
        } catch (LinuxException e) {
          problems.add(words("cannot delete", address, seen, e));
        }
      }
    } finally {
      Promotion.restore(changed);
    }
    if (!endangered.isEmpty()) {
      var there = read().byHost().keySet();
      var lost = endangered.stream().filter(sibling -> !there.contains(sibling.address())).toList();
      problems.addAll(add(lost, seen));
    }
    return problems;
  }

  private static String words(
      String verb, InterfaceAddress address, Interfaces seen, LinuxException failure) {
    var device = seen.nameOf(address.linkIndex());
    return "%s %s/%d on %s: %s%s"
        .formatted(
            verb,
            Interfaces.text(address.address()),
            address.prefix(),
            device,
            Errno.words(failure.errno()),
            wayOut(address, device, failure));
  }

  private static String wayOut(InterfaceAddress address, String device, LinuxException failure) {
    return switch (failure.errno()) {
      case Errno.EPERM -> "; run the director as root or give it CAP_NET_ADMIN";
      case Errno.EACCES ->
          address.address().isIpv6()
              ? "; IPv6 is switched off: sysctl net.ipv6.conf." + device + ".disable_ipv6=0"
              : "";
      case Errno.ENODEV -> "; " + device + " has just gone";
      default -> " " + failure.getMessage();
    };
  }

  @Override
  public void close() {
    var open = route;
    route = null;
    if (open != null) {
      open.close();
    }
  }
}
