// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.containers;

import java.util.Locale;

/**
 * A kind of package, and the addresses of its pair.
 *
 * @param name as {@code docs/install.md} has it
 * @param before what the shell is told before commands of that page
 * @param number the last byte of the primary's addresses; the backup has the next
 * @param virtualNumber that of the virtual address
 */
record Kind(String name, String before, int number, int virtualNumber) {
  static final int DEADTIME_MILLIS = 1250;

  /** What the table calls it. */
  String label() {
    return name.toUpperCase(Locale.ROOT);
  }

  /** The virtual address. */
  String virtual() {
    return "192.0.2." + virtualNumber;
  }

  /** One lvs.cf for both directors. */
  String lvsCf() {
    var text =
        new StringBuilder(
            """
            primary = 192.0.2.%d
            primary_private = 10.10.0.%d
            backup = 192.0.2.%d
            backup_private = 10.10.0.%d
            backup_active = 1
            keepalive = 100ms
            deadtime = %dms
            network = nat
            virtual web {
              active = 1
              address = %s eth0:1
              vip_nmask = 255.255.255.0
              port = 80
              protocol = tcp
              scheduler = wrr
              send = "GET /health HTTP/1.0\\r\\n\\r\\n"
              expect = "HTTP/1.1 200"
              interval = 1
              timeout = 5
              fall = 3
              rise = 1
            """
                .formatted(number, number, number + 1, number + 1, DEADTIME_MILLIS, virtual()));
    for (var i = 0; i < Site.SERVERS; i++) {
      text.append(
          "  server web%d {\n    address = 10.10.0.%d\n    active = 1\n    weight = 1\n  }\n"
              .formatted(i + 1, Site.FIRST_SERVER + i));
    }
    return text.append("}\n").toString();
  }
}
