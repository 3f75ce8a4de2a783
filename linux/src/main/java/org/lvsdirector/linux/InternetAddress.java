// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.linux;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.UnknownHostException;

/** Addresses for the JDK, of bytes and the zone that a link-local one has. */
public final class InternetAddress {
  private InternetAddress() {}

  /**
   * The address; asks the kernel when there is a zone.
   *
   * @param bytes 4 or 16
   * @param zone the interface of a link-local address, by any name that it has; else empty
   * @throws UnknownHostException when there is no such interface
   */
  public static InetAddress of(byte[] bytes, String zone) throws UnknownHostException {
    return zone.isEmpty()
        ? InetAddress.getByAddress(bytes)
        : Inet6Address.getByAddress(null, bytes, interfaceOf(zone).getIndex());
  }

  private static NetworkInterface interfaceOf(String zone) throws UnknownHostException {
    try {
      var found = NetworkInterface.getByName(zone);
      found =
          found == null ? NetworkInterface.getByName(LinkName.present(Libc.system(), zone)) : found;
      if (found != null) {
        return found;
      }
    } catch (IOException e) {
      throw new UnknownHostException("interface " + zone + ": " + e.getMessage());
    }
    throw new UnknownHostException("there is no interface " + zone);
  }
}
