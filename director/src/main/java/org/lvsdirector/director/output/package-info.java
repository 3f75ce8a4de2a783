// SPDX-License-Identifier: Apache-2.0
/**
 * What this process says: its log, and all that goes to standard output and standard error. A
 * command writes it itself; in a daemon nobody waits for a reader. Start with {@link Outlet}.
 */
@NullMarked
package org.lvsdirector.director.output;

import org.jspecify.annotations.NullMarked;
