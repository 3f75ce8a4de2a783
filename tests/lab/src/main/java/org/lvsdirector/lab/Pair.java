// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.lab;

import java.io.IOException;

/** Two daemons that hold the virtual addresses by turns: ours, or others to compare with. */
public interface Pair {
  /** The name of its processes on their hosts. */
  String name();

  /** Starts the daemon of a director. */
  void start(Node node) throws IOException;

  /** Whether its daemon runs. */
  boolean isRunning(Node node);

  /** Whether it holds the role, by its own words. */
  boolean isActive(Node node) throws IOException;

  /** Whether it is ready to take over, by its own words. */
  boolean isReady(Node node) throws IOException;

  /** Ends its daemon with SIGKILL. */
  void kill(Node node) throws IOException;

  /** How late it sends, for a table: median and 99th percentile; a dash when it does not say. */
  default String lateness(Node node) {
    return "-";
  }

  /** The process ids of its daemon. */
  java.util.List<Long> pids(Node node) throws IOException;
}
