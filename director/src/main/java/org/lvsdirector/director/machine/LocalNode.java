// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.machine;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.lvsdirector.config.IpAddress;
import org.lvsdirector.config.Pair;
import org.lvsdirector.config.Pair.Node;
import org.lvsdirector.config.directorconf.DirectorConf.NodeChoice;

/** Which of the two directors this machine is. */
public final class LocalNode {
  private LocalNode() {}

  /**
   * The node that director.conf names or, with {@code auto}, the one whose addresses this machine
   * has.
   *
   * @throws StartException when that is neither or both of them
   */
  public static Node of(NodeChoice choice, Pair pair) throws StartException {
    return switch (choice) {
      case PRIMARY -> Node.PRIMARY;
      case BACKUP -> Node.BACKUP;
      case AUTO -> byAddress(pair, localAddresses());
    };
  }

  static Node byAddress(Pair pair, Set<IpAddress> local) throws StartException {
    if (!pair.isPaired()) {
      return Node.PRIMARY;
    }
    var candidates =
        List.of(Node.values()).stream()
            .filter(node -> pair.links().stream().anyMatch(link -> local.contains(link.of(node))))
            .toList();
    if (candidates.size() == 1) {
      return candidates.getFirst();
    }
    var first = pair.links().getFirst();
    var way =
        " of this machine; say which director it is with `node = primary` or `node = backup` in"
            + " director.conf";
    if (candidates.isEmpty()) {
      throw StartException.passing(
          "neither %s (primary) nor %s (backup) is an address%s"
              .formatted(first.primary(), first.backup(), way));
    }
    throw new StartException(
        "both %s (primary) and %s (backup) are addresses%s"
            .formatted(first.primary(), first.backup(), way));
  }

  private static Set<IpAddress> localAddresses() throws StartException {
    try {
      var addresses = new HashSet<IpAddress>();
      NetworkInterface.networkInterfaces()
          .flatMap(NetworkInterface::inetAddresses)
          .map(InetAddress::getAddress)
          .map(IpAddress::ofBytes)
          .forEach(addresses::add);
      return addresses;
    } catch (SocketException unreadable) {
      throw new StartException("cannot list this machine's addresses: " + unreadable.getMessage());
    }
  }
}
