// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.proxy;

import java.util.concurrent.atomic.LongAdder;
import org.lvsdirector.engine.EngineStats.Counters;

/** Traffic counters that every event loop may raise without waiting for another. */
final class Tally {
  private final LongAdder connections = new LongAdder();
  private final LongAdder inPackets = new LongAdder();
  private final LongAdder outPackets = new LongAdder();
  private final LongAdder inBytes = new LongAdder();
  private final LongAdder outBytes = new LongAdder();

  void connection() {
    connections.increment();
  }

  void datagramIn(int bytes) {
    inPackets.increment();
    inBytes.add(bytes);
  }

  void datagramOut(int bytes) {
    outPackets.increment();
    outBytes.add(bytes);
  }

  /** Bytes from clients, for a stream to raise. */
  LongAdder inBytes() {
    return inBytes;
  }

  /** Bytes to clients, for a stream to raise. */
  LongAdder outBytes() {
    return outBytes;
  }

  Counters counters() {
    return new Counters(
        connections.sum(), inPackets.sum(), outPackets.sum(), inBytes.sum(), outBytes.sum());
  }
}
