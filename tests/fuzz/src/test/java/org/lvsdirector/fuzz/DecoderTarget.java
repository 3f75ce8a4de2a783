// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.fuzz;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * What Jazzer calls: the decoder that the property {@code fuzz.decoder} names; without one the
 * first byte of each input chooses. A decoder answers, or refuses by IllegalArgumentException, and
 * makes nothing out of proportion.
 */
public final class DecoderTarget {
  /**
   * What one input may cost. The fuzzer's own hooks allocate most of it, where there are regular
   * expressions; DecodersTest, without them, has a bound that is closer.
   */
  private static final long MAX_ALLOCATED = 8 << 20;

  private static final int WARM_UPS = 4;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static final List<Reading> CHOSEN = chosen();

  private DecoderTarget() {}

  private static List<Reading> chosen() {
    var name = System.getProperty("fuzz.decoder", "");
    return name.isEmpty()
        ? Targets.names().stream().map(Targets::named).toList()
        : List.of(Targets.named(name));
  }

  /** Prints the names, or writes the messages that fuzzing begins with into a folder. */
  public static void main(String[] args) throws IOException {
    if (args.length == 0) {
      Targets.names().forEach(System.out::println);
      return;
    }
    var number = 0;
    for (var message : Targets.messages()) {
      Files.write(Path.of(args[0], "message-" + number++), message);
    }
  }

  /** One input. */
  public static void fuzzerTestOneInput(byte[] bytes) throws Exception {
    if (CHOSEN.size() == 1) {
      check(CHOSEN.getFirst(), bytes);
    } else if (bytes.length > 0) {
      var one = CHOSEN.get((bytes[0] & 0xff) % CHOSEN.size());
      check(one, Arrays.copyOfRange(bytes, 1, bytes.length));
    }
  }

  /** Has bytes read, and fails when that throws or costs too much each time. */
  static void check(Reading reading, byte[] bytes) throws Exception {
    var least = allocated(reading, bytes);
    // At first classes are loaded and instrumented, and pools filled.
    for (var again = 0; again < WARM_UPS && least > MAX_ALLOCATED; again++) {
      least = Math.min(least, allocated(reading, bytes));
    }
    if (least > MAX_ALLOCATED) {
      throw new AssertionError(least + " bytes allocated for " + HexFormat.of().formatHex(bytes));
    }
  }

  private static long allocated(Reading reading, byte[] bytes) throws Exception {
    var before = THREADS.getCurrentThreadAllocatedBytes();
    try {
      reading.read(bytes);
    } catch (IllegalArgumentException _) {
      // A refusal.
    }
    return THREADS.getCurrentThreadAllocatedBytes() - before;
  }
}
