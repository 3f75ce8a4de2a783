// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.addresses;

import java.util.List;
import org.lvsdirector.config.IpAddress;

/**
 * The virtual addresses at one moment.
 *
 * @param addresses each of them, in the order of lvs.cf
 * @param framesSent announcements sent so far, in frames
 * @param framesFailed announcements that could not be sent, in frames
 * @param putBack how often an address was put back that somebody else had removed
 * @param foreignHeard announcements of other machines for these addresses
 * @param problem what is wrong now; empty when nothing is
 */
public record AddressStatus(
    List<Place> addresses,
    long framesSent,
    long framesFailed,
    long putBack,
    long foreignHeard,
    String problem) {
  public AddressStatus {
    addresses = List.copyOf(addresses);
  }

  /**
   * One address.
   *
   * @param address the address
   * @param prefix its prefix length
   * @param device the interface that it is or would be on; empty when there is none
   * @param isPresent whether the interface has it
   * @param announcedAgoNanos how long ago it was announced; -1 for never since it was taken
   */
  public record Place(
      IpAddress address, int prefix, String device, boolean isPresent, long announcedAgoNanos) {}
}
