// SPDX-License-Identifier: Apache-2.0
/**
 * Heartbeats on the wire: a JGroups channel for each link, the bytes of a heartbeat, and the
 * channel of rare questions.
 *
 * <p>Uses the seal. Start with {@link HeartbeatLink}, then {@link JGroupsLink}.
 */
@NullMarked
package org.lvsdirector.pulse.link;

import org.jspecify.annotations.NullMarked;
