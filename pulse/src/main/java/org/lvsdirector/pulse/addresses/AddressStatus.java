// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.addresses;

import java.util.List;

/**
 * The virtual addresses at one moment.
 *
 * @param addresses each of them, in the order of lvs.cf
 * @param framesSent announcements sent so far, in frames
 * @param framesFailed announcements that could not be sent, in frames
 * @param putBack how often an address was put back that somebody else had removed
 * @param removed how often an address was removed that somebody else had put there while this
 *     director was to have none
 * @param conflicts answers of other machines for an address that this one announced
 * @param conflict which address another machine answers for now; empty for none
 * @param foreignHeard announcements of other machines for these addresses
 * @param problem what is wrong now; empty when nothing is
 */
public record AddressStatus(
    List<Place> addresses,
    long framesSent,
    long framesFailed,
    long putBack,
    long removed,
    long conflicts,
    String conflict,
    long foreignHeard,
    String problem) {
  public AddressStatus {
    addresses = List.copyOf(addresses);
  }

  /**
   * One address.
   *
   * @param address the address and its prefix length
   * @param device the interface that it is or would be on; empty when there is none
   * @param isPresent whether the interface has it
   * @param announcedMillis how long ago it was announced; -1 for never since it was taken
   */
  public record Place(String address, String device, boolean isPresent, long announcedMillis) {}
}
