// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config.lvscf.binding;

import java.util.ArrayList;
import java.util.List;
import org.lvsdirector.config.VirtualService;
import org.lvsdirector.config.lvscf.directive.Values;
import org.lvsdirector.config.lvscf.syntax.Token;

/**
 * An active service with what it was made from, so that problems can be pointed at.
 *
 * @param service the service
 * @param values what its block says
 * @param header the block's name
 * @param servers its active servers, in the order of {@code service.servers()}
 * @param inactive its other servers
 */
public record BoundService(
    VirtualService service,
    Values values,
    Token header,
    List<BoundServer> servers,
    List<UnusedBlock> inactive) {

  /** An active server with what it was made from. */
  public record BoundServer(VirtualService.RealServer server, Values values, Token header) {}

  /**
   * A service that counts.
   *
   * @param first the block that says what it is
   * @param later the further blocks of its firewall mark, which add their addresses
   */
  record Served(BoundService first, List<BoundService> later) {
    static Served of(BoundService first) {
      return new Served(first, List.of());
    }

    Served with(BoundService more) {
      var all = new ArrayList<>(later);
      all.add(more);
      return new Served(first, all);
    }

    /** The service with all its addresses. */
    VirtualService service() {
      return later.isEmpty()
          ? first.service
          : first.service.withMore(later.stream().map(one -> one.service.address()).toList());
    }
  }
}
