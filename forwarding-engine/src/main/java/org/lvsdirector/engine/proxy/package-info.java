// SPDX-License-Identifier: Apache-2.0
/**
 * An engine without privileges: an event loop that accepts, connects and copies, on Netty's buffers
 * and sockets.
 *
 * <p>Uses the port and the schedulers. Start with {@link ProxyEngine}; {@link TcpPipe} is a
 * connection, {@link UdpFlow} a flow.
 */
@NullMarked
package org.lvsdirector.engine.proxy;

import org.jspecify.annotations.NullMarked;
