// SPDX-License-Identifier: Apache-2.0
/**
 * System calls through {@code java.lang.foreign}: the only native code of the project.
 *
 * <pre>
 *   domain verb (NetlinkSocket, PacketSocket, Addresses, ...)
 *     -&gt; Libc: C names, C arguments, the result or -errno
 *       -&gt; FfmLibc: the only importer of linkers
 * </pre>
 *
 * <p>Uses nothing of the project. Start with {@link Libc}.
 */
@NullMarked
package org.lvsdirector.linux;

import org.jspecify.annotations.NullMarked;
