// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.lab;

import java.util.List;

/** Processor time that processes have used, threads that have ended included. */
final class Cpu {
  private Cpu() {}

  /** Of all of them together. */
  static double seconds(List<Long> pids) {
    return pids.stream().mapToLong(Syscalls::processorNanos).sum() / 1e9;
  }
}
