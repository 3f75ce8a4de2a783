// SPDX-License-Identifier: Apache-2.0
/**
 * Connection sync: the daemons of the kernel, and the entries that they missed.
 *
 * <pre>
 *   kernel's sync daemons -- multicast --&gt; partner's kernel
 *   SyncLoop: asks the partner for what it holds and this kernel does not
 *      Asking -- SyncMessage --&gt; Answering (the partner's)
 *      MissingFlows -- Injector --&gt; this kernel
 * </pre>
 *
 * <p>What is sent and what is decided is in {@code exchange}, which is pure; what touches the
 * kernel and the wire is here. Start with {@link SyncLoop}; {@code docs/decisions/0008-connection-
 * sync.md} says why it is needed.
 */
@NullMarked
package org.lvsdirector.engine.ipvs.sync;

import org.jspecify.annotations.NullMarked;
