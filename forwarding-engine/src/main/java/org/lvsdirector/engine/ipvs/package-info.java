// SPDX-License-Identifier: Apache-2.0
/**
 * Kernel IPVS by generic netlink: the table, its counters, its connections.
 *
 * <p>Uses the port and {@code linux}. Start with {@link IpvsEngine}, which acts, and {@link
 * KernelService}, which encodes.
 */
@NullMarked
package org.lvsdirector.engine.ipvs;

import org.jspecify.annotations.NullMarked;
