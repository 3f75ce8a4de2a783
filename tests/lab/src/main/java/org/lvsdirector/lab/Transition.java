// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.lab;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A change of role, as a director logged it.
 *
 * @param node the director
 * @param atNanos when, on the clock of {@link System#nanoTime}, to the millisecond
 * @param from the role before
 * @param to the role from then on
 * @param cause why
 */
public record Transition(Node node, long atNanos, String from, String to, String cause) {
  private static final Pattern LINE =
      Pattern.compile("^(\\S+) +\\w+ +\\w+: role (\\w+)->(\\w+) cause=(\\S+)", Pattern.MULTILINE);

  /** All of them in a log. */
  static List<Transition> in(Node node, String log) {
    var found = new ArrayList<Transition>();
    var lines = LINE.matcher(log);
    while (lines.find()) {
      found.add(
          new Transition(
              node,
              WallClock.nanos(OffsetDateTime.parse(lines.group(1)).toInstant()),
              lines.group(2),
              lines.group(3),
              lines.group(4)));
    }
    return found;
  }

  /** Both ends and the cause. */
  public String text() {
    return node.word() + " " + from + "->" + to + " " + cause;
  }
}
