/** The installed command as real processes on loopback. */
@NullMarked
package org.lvsdirector.processes;

import org.jspecify.annotations.NullMarked;
