package org.lvsdirector.config;

import java.util.List;

/**
 * An active service with what it was made from, so that problems can be pointed at.
 *
 * @param service the service
 * @param values what its block says
 * @param header the block's name
 * @param servers its active servers, in the order of {@code service.servers()}
 * @param inactive its other servers
 */
record BoundService(
    VirtualService service,
    Values values,
    Token header,
    List<BoundServer> servers,
    List<UnusedBlock> inactive) {

  /** An active server with what it was made from. */
  record BoundServer(VirtualService.RealServer server, Values values, Token header) {}
}
