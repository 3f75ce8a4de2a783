// SPDX-License-Identifier: Apache-2.0
/**
 * The engine port: what every forwarding engine does, whatever forwards the packets.
 *
 * <p>Uses only the table; the engines are packages of their own beside it. Start with {@link
 * ForwardingEngine}.
 */
@NullMarked
package org.lvsdirector.engine;

import org.jspecify.annotations.NullMarked;
