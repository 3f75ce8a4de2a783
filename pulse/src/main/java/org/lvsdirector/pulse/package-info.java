/** Heartbeats between the two directors, the failover decision, and the takeover of addresses. */
@NullMarked
package org.lvsdirector.pulse;

import org.jspecify.annotations.NullMarked;
