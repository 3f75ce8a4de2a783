// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.proxy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.lvsdirector.config.Endpoint;
import org.lvsdirector.config.IpAddress;
import org.lvsdirector.linux.InternetAddress;

/** Our addresses and ports as those of {@code java.net}, and back, without name resolution. */
final class SocketAddresses {
  private SocketAddresses() {}

  static InetSocketAddress of(Endpoint endpoint) {
    try {
      return new InetSocketAddress(
          InetAddress.getByAddress(endpoint.address().bytes()), endpoint.port());
    } catch (UnknownHostException e) {
      throw new AssertionError("an address has 4 or 16 bytes", e);
    }
  }

  /** Of a server, whose zone is looked up; without it when there is no such interface now. */
  static InetSocketAddress ofServer(Endpoint endpoint) {
    try {
      var address = endpoint.address();
      return new InetSocketAddress(
          InternetAddress.of(address.bytes(), address.zone()), endpoint.port());
    } catch (UnknownHostException _) {
      return of(endpoint);
    }
  }

  static IpAddress addressOf(InetSocketAddress address) {
    return IpAddress.ofBytes(address.getAddress().getAddress());
  }
}
