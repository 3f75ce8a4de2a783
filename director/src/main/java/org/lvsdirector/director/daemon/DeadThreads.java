// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.daemon;

import org.lvsdirector.linux.AgentLoop;
import org.slf4j.LoggerFactory;

/** Threads of this process that end by what nobody on them has caught: it is in the log. */
public final class DeadThreads {
  private DeadThreads() {}

  /**
   * Watches all threads from now on.
   *
   * @param onAgent what to do when one of the loops that a daemon consists of is among them; must
   *     not block
   */
  public static void watch(Runnable onAgent) {
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, defect) -> {
          LoggerFactory.getLogger(DeadThreads.class)
              .error("thread {} has ended by a defect", thread.getName(), defect);
          if (defect instanceof AgentLoop.DefectException) {
            onAgent.run();
          }
        });
  }
}
