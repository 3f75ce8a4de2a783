// SPDX-License-Identifier: Apache-2.0
/** The installed command as real processes on loopback. */
@NullMarked
package org.lvsdirector.processes;

import org.jspecify.annotations.NullMarked;
