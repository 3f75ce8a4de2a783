// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.nanny;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the programs of all checks share: the mark by which they are known, and a reaper that kills
 * them when this process ends, in whatever way. Any thread.
 */
final class CheckPrograms implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CheckPrograms.class);
  private static final String VARIABLE = "LVS_DIRECTOR_CHECK=";

  /**
   * Its input ends when this process does. Then whoever has the mark in its environment is killed,
   * until nobody has.
   */
  private static final String REAPER =
      """
      trap '' HUP INT QUIT TERM
      while read -r _; do :; done
      for round in 1 2 3 4 5 6 7 8 9 10; do
        found=
        for file in $(grep -lsF -e "$1" /proc/[0-9]*/environ); do
          pid=${file#/proc/}
          kill -KILL "${pid%/environ}" 2>/dev/null && found=1
        done
        [ "$found" ] || exit 0
      done
      """;

  private final String mark = VARIABLE + UUID.randomUUID() + ".";
  private final AtomicLong runs = new AtomicLong();
  private final Set<String> told = ConcurrentHashMap.newKeySet();
  private @Nullable Process reaper;

  /** The thread of one program. */
  Thread thread(Runnable run) {
    return Thread.ofPlatform().daemon().name("nanny-program").unstarted(run);
  }

  /** A variable of the environment, for one run of a program and all that it starts. */
  String freshMark() {
    guard();
    return mark + runs.incrementAndGet();
  }

  /** A program ended, but not what it started; that is told once for each program. */
  void leftBehind(String command, int others) {
    if (told.add(command)) {
      LOG.warn(
          "the check {} leaves {} processes behind, which are killed after each run",
          Wording.quote(command),
          others);
    }
  }

  private synchronized void guard() {
    if (reaper != null && reaper.isAlive()) {
      return;
    }
    try {
      reaper =
          new ProcessBuilder("/bin/sh", "-c", REAPER, "lvs-director-reaper", mark)
              .redirectOutput(Redirect.DISCARD)
              .redirectError(Redirect.DISCARD)
              .start();
    } catch (IOException e) {
      if (told.add(REAPER)) {
        LOG.warn("if this process is killed, a check that runs outlives it: {}", e.toString());
      }
    }
  }

  @Override
  public synchronized void close() {
    if (reaper != null) {
      try {
        reaper.getOutputStream().close();
      } catch (IOException e) {
        LOG.debug("the reaper has ended before: {}", e.toString());
      }
      reaper = null;
    }
  }
}
