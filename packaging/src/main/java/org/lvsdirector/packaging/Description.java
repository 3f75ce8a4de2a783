// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.packaging;

import java.util.List;

/** What the packages say of themselves. */
final class Description {
  static final String SUMMARY = "pair of Linux Virtual Server directors with failover";

  private static final List<String> LINES =
      List.of(
          "Two machines stand in front of a pool of real servers. The active one holds",
          "the virtual addresses and forwards each connection to a healthy real server;",
          "the standby one watches it and takes over when it fails, or on order.",
          "",
          "This is Red Hat's Piranha (pulse, lvsd, nanny and one lvs.cf) re-imagined on",
          "today's kernel: the same file, checked thoroughly, kernel IPVS, IPv6, sealed",
          "heartbeats, measured drills. Java comes with it; none need be installed.");

  private Description() {}

  /**
   * The paragraphs.
   *
   * @param indent what each line begins with
   * @param empty what stands for an empty line
   */
  static String paragraphs(String indent, String empty) {
    var text = new StringBuilder();
    for (var line : LINES) {
      text.append(indent).append(line.isEmpty() ? empty : line).append('\n');
    }
    return text.toString();
  }
}
