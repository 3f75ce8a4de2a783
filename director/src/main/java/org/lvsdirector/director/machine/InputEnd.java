// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.machine;

import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The end of standard input, by which a process notices that its starter is gone. */
public final class InputEnd {
  private static final Logger LOG = LoggerFactory.getLogger(InputEnd.class);

  private InputEnd() {}

  /** Blocks until standard input ends or breaks. */
  public static void await() {
    try {
      while (System.in.read() >= 0) {
        // Whatever is typed here means nothing; only the end counts.
      }
    } catch (IOException broken) {
      LOG.debug("standard input is broken", broken);
    }
  }
}
