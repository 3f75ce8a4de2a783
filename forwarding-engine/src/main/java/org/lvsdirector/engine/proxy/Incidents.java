// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.proxy;

import java.util.concurrent.atomic.LongAdder;

/** Counters of what went wrong, raised by every event loop. */
final class Incidents {
  final LongAdder unserved = new LongAdder();
  final LongAdder connectFailures = new LongAdder();
  final LongAdder connectTimeouts = new LongAdder();
  final LongAdder acceptPauses = new LongAdder();
  final LongAdder localFailures = new LongAdder();
  final LongAdder droppedDatagrams = new LongAdder();

  IncidentCounts counts() {
    return new IncidentCounts(
        unserved.sum(),
        connectFailures.sum(),
        connectTimeouts.sum(),
        acceptPauses.sum(),
        localFailures.sum(),
        droppedDatagrams.sum());
  }
}
