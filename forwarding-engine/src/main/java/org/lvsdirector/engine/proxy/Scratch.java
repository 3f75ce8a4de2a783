// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.proxy;

import io.netty.channel.unix.Buffer;
import java.nio.ByteBuffer;

/**
 * The buffer of one event loop through which all of its bytes pass.
 *
 * @param buffer direct
 * @param address where it starts in memory, for native reads and writes; 0 where there are none
 */
record Scratch(ByteBuffer buffer, long address) {

  static Scratch of(int bytes, boolean isNative) {
    var buffer = ByteBuffer.allocateDirect(bytes);
    return new Scratch(buffer, isNative ? Buffer.memoryAddress(buffer) : 0);
  }

  int capacity() {
    return buffer.capacity();
  }

  /** The bytes of a range. */
  ByteBuffer range(int from, int to) {
    return buffer.limit(to).position(from);
  }
}
