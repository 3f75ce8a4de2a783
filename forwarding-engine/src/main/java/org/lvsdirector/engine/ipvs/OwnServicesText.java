// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.ipvs;

import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.lvsdirector.config.Endpoint;
import org.lvsdirector.config.IpAddress;
import org.lvsdirector.config.IpAddress.Family;
import org.lvsdirector.config.Protocol;
import org.lvsdirector.config.ServiceKey;

/**
 * Which services this director made, as text: a line that says of which table, then a line for each
 * service, such as {@code TCP 192.0.2.80 80} or {@code MARK IPV4 5}. Pure.
 */
final class OwnServicesText {
  private static final String TABLE = "table ";

  private OwnServicesText() {}

  /**
   * The text.
   *
   * @param table what tells this kernel's table from others, without a line break
   */
  static String format(String table, Collection<ServiceKey> keys) {
    var text = new StringBuilder("# The services that lvs-director made in the kernel's table.\n");
    text.append(TABLE).append(table).append('\n');
    for (var key : new TreeSet<>(keys)) {
      text.append(
          switch (key) {
            case ServiceKey.ByAddress(Protocol protocol, Endpoint(IpAddress address, int port)) ->
                protocol + " " + address + " " + port + "\n";
            case ServiceKey.ByMark(int mark, Family family) ->
                "MARK " + family + " " + Integer.toUnsignedString(mark) + "\n";
          });
    }
    return text.toString();
  }

  /**
   * The services in a text; none when it is about another table, and without the lines that make no
   * sense, as after an interrupted write.
   */
  static Set<ServiceKey> parse(String table, String text) {
    var keys = new TreeSet<ServiceKey>();
    var isOfTable = false;
    for (var line : text.lines().toList()) {
      if (line.startsWith(TABLE)) {
        isOfTable = line.substring(TABLE.length()).equals(table);
      } else if (isOfTable) {
        parse(line, keys);
      }
    }
    return keys;
  }

  private static void parse(String line, Set<ServiceKey> keys) {
    var words = line.split(" ", -1);
    if (words.length != 3) {
      return;
    }
    try {
      keys.add(
          words[0].equals("MARK")
              ? new ServiceKey.ByMark(Integer.parseUnsignedInt(words[2]), Family.valueOf(words[1]))
              : new ServiceKey.ByAddress(
                  Protocol.valueOf(words[0].toUpperCase(Locale.ROOT)),
                  new Endpoint(IpAddress.of(words[1]), Integer.parseInt(words[2]))));
    } catch (IllegalArgumentException _) {
      // A line that makes no sense names no service.
    }
  }
}
