// SPDX-License-Identifier: Apache-2.0
/**
 * Programs that this process runs: started by the kernel or refused with its reason, in sessions of
 * their own, ended with all that they started, heard up to a bound. Uses the system calls of {@link
 * org.lvsdirector.linux} alone. Start with {@link Child}.
 */
@NullMarked
package org.lvsdirector.linux.program;

import org.jspecify.annotations.NullMarked;
