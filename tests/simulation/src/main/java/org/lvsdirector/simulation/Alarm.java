// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.simulation;

import org.lvsdirector.pulse.failover.Failover;
import org.lvsdirector.pulse.failover.Input;
import org.lvsdirector.pulse.failover.Moment;

/** Wakes a director when its state wants to be looked at, which must not be at once again. */
final class Alarm {

  private final World world;
  private final Director director;
  private long plannedAt = Moment.NEVER;

  Alarm(World world, Director director) {
    this.world = world;
    this.director = director;
  }

  void clear() {
    plannedAt = Moment.NEVER;
  }

  void plan() {
    var at = Failover.wakeAt(director.settings(), director.state());
    if (at == Moment.NEVER) {
      return;
    }
    var global = director.worldAt(at);
    if (global < plannedAt) {
      plannedAt = global;
      var incarnation = director.bootId();
      world
          .time()
          .after(global - world.now(), () -> director.runs(incarnation, () -> ring(global)));
    }
  }

  private void ring(long planned) {
    if (planned != plannedAt) {
      return;
    }
    plannedAt = Moment.NEVER;
    if (!isDue()) {
      plan();
      return;
    }
    director.give(new Input.Wake(director.local()));
    if (director.isUp() && isDue()) {
      throw world.failure(director.node() + " wakes again at once in " + director.state());
    }
  }

  private boolean isDue() {
    return Failover.wakeAt(director.settings(), director.state()) <= director.local();
  }
}
