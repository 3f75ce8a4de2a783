// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.doctor;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.lvsdirector.director.admin.AdminClient;
import org.lvsdirector.director.admin.AdminClient.NoStatusException;
import org.lvsdirector.director.admin.StatusReport;

/**
 * What the running daemon says of itself; nothing where none runs.
 *
 * @param socket where it would listen
 */
record RunningFindings(Path socket) {

  List<Finding> all() {
    try {
      return of(new AdminClient(socket).status());
    } catch (NoStatusException waiting) {
      return List.of(
          Finding.fault(
              "daemon", String.valueOf(waiting.getMessage()), "it goes on by itself once it can"));
    } catch (IOException _) {
      return List.of();
    }
  }

  /** What a status tells. */
  static List<Finding> of(StatusReport status) {
    var found = new ArrayList<Finding>();
    var self = status.self();
    found.add(
        self.isFit()
            ? Finding.ok("daemon", "it is " + self.role())
            : Finding.fault(
                "daemon", "it is not fit: " + self.unfitReason(), "director status tells more"));
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
}
