// SPDX-License-Identifier: Apache-2.0
/**
 * Virtual addresses on real interfaces: taken, announced by gratuitous ARP and neighbour
 * advertisements, kept, and given back.
 *
 * <p>Uses {@code linux} and the port. Start with {@link KernelAddresses}; {@link AddressPlan} and
 * {@link AnnouncementSchedule} decide.
 */
@NullMarked
package org.lvsdirector.pulse.addresses;

import org.jspecify.annotations.NullMarked;
