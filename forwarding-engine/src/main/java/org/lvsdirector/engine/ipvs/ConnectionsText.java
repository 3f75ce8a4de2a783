// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.ipvs;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.lvsdirector.config.Endpoint;
import org.lvsdirector.config.IpAddress;
import org.lvsdirector.engine.ListedConnection;

/**
 * The text of /proc/net/ip_vs_conn: a line for each connection, addresses and ports in hexadecimal
 * digits (IPv6 with colons), seconds in decimal ones. Netlink does not list connections. Pure.
 */
final class ConnectionsText {
  private static final int COLUMNS = 9;

  private ConnectionsText() {}

  /** The connections in a text, without the heading and without lines of another shape. */
  static List<ListedConnection> parse(String text) {
    var connections = new ArrayList<ListedConnection>();
    text.lines()
        .skip(1)
        .forEach(
            line -> {
              var words = line.strip().split("\\s+", -1);
              if (words.length >= COLUMNS) {
                parse(words, connections);
              }
            });
    return connections;
  }

  private static void parse(String[] words, List<ListedConnection> connections) {
    try {
      connections.add(
          new ListedConnection(
              words[0],
              words[7],
              Long.parseLong(words[8]),
              endpoint(words[1], words[2]),
              endpoint(words[3], words[4]),
              endpoint(words[5], words[6])));
    } catch (IllegalArgumentException _) {
      // A line of another shape is none of a connection.
    }
  }

  private static String endpoint(String address, String port) {
    var bytes = HexFormat.of().parseHex(address.replace(":", ""));
    return new Endpoint(IpAddress.ofBytes(bytes), Integer.parseInt(port, 16)).toString();
  }
}
