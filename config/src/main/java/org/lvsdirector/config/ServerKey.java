// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config;

/**
 * What identifies a real server of a virtual service.
 *
 * @param service the service
 * @param server the real server's address and port
 */
public record ServerKey(ServiceKey service, Endpoint server) {
  /** {@code TCP 192.0.2.80:80 -> 10.0.0.11:8080}. */
  @Override
  public String toString() {
    return service + " -> " + server;
  }

  /**
   * Keeps the two parts apart: hosts and ports come in rows, and with the plain sum of a record's
   * parts a hundred services of a hundred servers would share two hundred hash codes.
   */
  @Override
  public int hashCode() {
    var mixed = service.hashCode() * 0x9e3779b1 + server.hashCode();
    return mixed ^ (mixed >>> 15);
  }
}
