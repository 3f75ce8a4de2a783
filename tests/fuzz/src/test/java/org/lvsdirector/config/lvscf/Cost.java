// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config.lvscf;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Processor time and allocated memory of something, which are in proportion to what it read. */
final class Cost {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** Enough for a thousand problems with their messages. */
  private static final long FREE_BYTES = 8 << 20;

  private static final long BYTES_PER_CHAR = 20_000;
  private static final long FREE_NANOS = 3_000_000_000L;
  private static final long NANOS_PER_CHAR = 100_000;

  private final long nanosBefore = THREADS.getCurrentThreadCpuTime();
  private final long bytesBefore = THREADS.getCurrentThreadAllocatedBytes();

  private Cost() {}

  /**
   * Does it, and fails when it costs too much.
   *
   * <p>The fuzzer instruments classes on this thread when they are first used, so what costs too
   * much is done once more.
   *
   * @param charsRead how many characters were read since it was made
   */
  static <T> T bounded(Supplier<T> reading, LongSupplier charsRead) {
    var first = new Cost();
    var result = reading.get();
    var chars = charsRead.getAsLong();
    if (first.bytes() > maxBytes(chars) || first.nanos() > maxNanos(chars)) {
      var second = new Cost();
      result = reading.get();
      second.isInProportion(chars);
    }
    return result;
  }

  private void isInProportion(long chars) {
    assertThat(bytes()).as("bytes for %d characters", chars).isLessThan(maxBytes(chars));
    assertThat(nanos()).as("nanoseconds for %d characters", chars).isLessThan(maxNanos(chars));
  }

  private long bytes() {
    return THREADS.getCurrentThreadAllocatedBytes() - bytesBefore;
  }

  private long nanos() {
    return THREADS.getCurrentThreadCpuTime() - nanosBefore;
  }

  private static long maxBytes(long chars) {
    return FREE_BYTES + chars * BYTES_PER_CHAR;
  }

  private static long maxNanos(long chars) {
    return FREE_NANOS + chars * NANOS_PER_CHAR;
  }
}
