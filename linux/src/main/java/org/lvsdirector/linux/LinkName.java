// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.linux;

/** Names of interfaces: each has one, and may have alternative ones, ip-link(8) altname. */
public final class LinkName {
  private LinkName() {}

  /**
   * The present name of the interface that has this one, which may be an alternative name; the same
   * when there is none. Asks the kernel, on a platform thread.
   */
  public static String present(Libc libc, String name) {
    try (var netlink = RouteNetlink.open(libc)) {
      return netlink.links().stream()
          .filter(link -> link.isCalled(name))
          .map(NetworkLink::name)
          .findFirst()
          .orElse(name);
    } catch (LinuxException _) {
      return name;
    }
  }
}
