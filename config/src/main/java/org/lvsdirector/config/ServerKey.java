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
}
