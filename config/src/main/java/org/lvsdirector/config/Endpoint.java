// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config;

import org.jspecify.annotations.Nullable;

/**
 * An address and a port.
 *
 * @param address the address
 * @param port 0 to 65535; 0 means every port (of a service) or the request's port (of a server)
 */
public record Endpoint(IpAddress address, int port) implements Comparable<Endpoint> {

  public Endpoint {
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException("port out of range: " + port);
    }
  }

  @Override
  public int compareTo(Endpoint other) {
    var byAddress = address.compareTo(other.address);
    return byAddress != 0 ? byAddress : Integer.compare(port, other.port);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Endpoint that && port == that.port && address.equals(that.address);
  }

  @Override
  public int hashCode() {
    return address.hashCode() * 31 + port;
  }

  /** {@code 192.0.2.1:80} or {@code [2001:db8::1]:80}. */
  @Override
  public String toString() {
    return address.isIpv4() ? address + ":" + port : "[" + address + "]:" + port;
  }
}
