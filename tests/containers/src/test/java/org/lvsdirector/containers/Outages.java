// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.containers;

import java.util.ArrayList;

/** What a client saw of an address, of the lines of {@link Probe}. */
final class Outages {
  private final Machine client;
  private final String log;

  /** Starts asking. */
  Outages(Machine client, String address) {
    this.client = client;
    log = "/root/probe-" + address;
    client.must(
        "nohup /opt/lvs-director/jre/bin/java -XX:+UseSerialGC -Xmx64m -cp /opt/probe"
            + " org.lvsdirector.containers.Probe "
            + address
            + " 80 > "
            + log
            + " & :");
  }

  /** Now, by the clock of the client. */
  long now() {
    return Long.parseLong(client.must("date +%s%3N").strip());
  }

  /**
   * The longest time from one answer to the next, in milliseconds.
   *
   * @param sinceMillis what came before does not count
   */
  long longestMillis(long sinceMillis) {
    var answered = new ArrayList<Long>();
    for (var line : client.must("cat " + log).split("\n")) {
      var words = line.split(" ");
      if (words.length == 2 && words[1].equals("ok")) {
        var at = Long.parseLong(words[0]);
        if (at >= sinceMillis) {
          answered.add(at);
        }
      }
    }
    var longest = answered.isEmpty() ? Long.MAX_VALUE : answered.getFirst() - sinceMillis;
    for (var i = 1; i < answered.size(); i++) {
      longest = Math.max(longest, answered.get(i) - answered.get(i - 1));
    }
    return longest;
  }
}
