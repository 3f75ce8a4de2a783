// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.doctor;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.Role;
import org.lvsdirector.director.admin.AdminClient;
import org.lvsdirector.director.admin.AdminClient.NoStatusException;
import org.lvsdirector.director.admin.StatusReport;

/**
 * What the running daemon says of itself, asked once; nothing where none runs.
 *
 * @param status what it said; null when it did not
 * @param waiting what one that has not started yet waits for; else empty
 */
record RunningFindings(@Nullable StatusReport status, String waiting) {
  private static final String REAL_TIME = "real time";

  /**
   * Asks it.
   *
   * @param socket where it would listen
   */
  static RunningFindings ask(Path socket) {
    try {
      return new RunningFindings(new AdminClient(socket).status(), "");
    } catch (NoStatusException waiting) {
      return new RunningFindings(null, String.valueOf(waiting.getMessage()));
    } catch (IOException _) {
      return new RunningFindings(null, "");
    }
  }

  /** Whether one runs that has started. */
  boolean isRunning() {
    return status != null;
  }

  /** Whether it serves now. */
  boolean isActive() {
    return status != null && status.self().role() == Role.ACTIVE;
  }

  List<Finding> all() {
    if (status == null) {
      return waiting.isEmpty()
          ? List.of()
          : List.of(Finding.fault("daemon", waiting, "it goes on by itself once it can"));
    }
    var found = new ArrayList<Finding>();
    var self = status.self();
    found.add(
        self.isFit()
            ? Finding.ok("daemon", "it is " + self.role())
            : Finding.fault(
                "daemon", "it is not fit: " + self.unfitReason(), "director status tells more"));
    found.add(realTime(status.heartbeats()));
    var addresses = status.addresses();
    if (addresses != null && !addresses.conflict().isEmpty()) {
      found.add(
          Finding.fault(
              "address conflict",
              addresses.conflict(),
              "take it off that machine; a real server that has it on its loopback must not answer"
                  + " ARP for it (net.ipv4.conf.all.arp_ignore = 1)"));
    }
    return found;
  }

  private static Finding realTime(StatusReport.Heartbeats heartbeats) {
    if (heartbeats.realTimeProblem().isEmpty()) {
      return Finding.ok(
          REAL_TIME,
          heartbeats.realTimePriority() == 0
              ? "not asked for by real-time.priority of director.conf"
              : "heartbeats have priority " + heartbeats.realTimePriority());
    }
    return Finding.warning(
        REAL_TIME,
        heartbeats.realTimeProblem()
            + ": heartbeats wait for a processor as all others do, and the partner may take over"
            + " from a director that is only busy",
        "LimitRTPRIO= in the unit, or ulimit -r where none starts it; a container needs"
            + " CAP_SYS_NICE or that limit as well; real-time.priority = 0 where it cannot be had");
  }
}
