/**
 * Connection sync of kernel IPVS: the kernel's sync daemons by role, and what the kernel lacks: how
 * far the partner's table is, and sending it what it missed.
 */
@NullMarked
package org.lvsdirector.engine.ipvs.sync;

import org.jspecify.annotations.NullMarked;
