// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.proxy;

import io.netty.channel.SelectStrategy;
import io.netty.util.IntSupplier;

/*
 * A proxy that sleeps as soon as it has nothing to do is woken again by the very next event, when
 * processors are short: each event then costs two context switches, and the peers that would have
 * caused more events wait meanwhile. Letting them run first gathers several events into one round.
 * Where a processor is idle, yielding returns at once, and the loop sleeps as ever.
 */
/** Lets other threads run before an event loop goes to sleep, and looks for events once more. */
final class YieldingSelect implements SelectStrategy {

  @Override
  @SuppressWarnings("ThreadPriorityCheck")
  public int calculateStrategy(IntSupplier selectNow, boolean hasTasks) throws Exception {
    if (!hasTasks) {
      Thread.yield();
    }
    var events = selectNow.get();
    return events > 0 || hasTasks ? events : SelectStrategy.SELECT;
  }
}
