// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.simulation;

import static org.lvsdirector.simulation.Timeline.MS;
import static org.lvsdirector.simulation.Timeline.SECOND;

import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.Pair.Node;

/**
 * The clients on the public network, all with one ARP cache: they believe the last announcement,
 * and ask again when nothing has come back for a second.
 */
final class Clients {

  private final World world;
  private @Nullable Node cached;
  private boolean isServed;
  private boolean wasServed;
  private long unservedSince;
  private long asks;
  private long worstNanos;
  private long totalNanos;

  Clients(World world) {
    this.world = world;
  }

  void hearAnnouncement(Node from) {
    cached = from;
  }

  /** Looks at the world after an event. */
  void look() {
    var isNow = cached != null && world.director(cached).isForwarding();
    if (isNow == isServed) {
      return;
    }
    isServed = isNow;
    if (isNow) {
      end();
    } else {
      unservedSince = world.now();
      askLater(++asks);
    }
  }

  private void end() {
    if (wasServed) {
      var outage = world.now() - unservedSince;
      worstNanos = Math.max(worstNanos, outage);
      totalNanos += outage;
      world.trace().line("clients are served again after " + outage / MS + " ms");
    }
    wasServed = true;
    asks++;
  }

  private void askLater(long ask) {
    world.time().after(SECOND, () -> ask(ask));
  }

  private void ask(long ask) {
    if (ask != asks) {
      return;
    }
    for (var director : world.directors()) {
      if (director.answersArp()) {
        cached = director.node();
      }
    }
    askLater(ask);
  }

  boolean isServed() {
    return isServed;
  }

  long worstNanos() {
    return worstNanos;
  }

  long totalNanos() {
    return totalNanos;
  }
}
