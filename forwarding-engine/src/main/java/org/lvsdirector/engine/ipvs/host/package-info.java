// SPDX-License-Identifier: Apache-2.0
/**
 * Settings of the kernel that IPVS needs on this machine: set while the director runs, put back
 * after it.
 *
 * <p>Start with {@link HostSettings}.
 */
@NullMarked
package org.lvsdirector.engine.ipvs.host;

import org.jspecify.annotations.NullMarked;
