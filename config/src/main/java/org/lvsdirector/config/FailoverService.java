// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config;

import org.lvsdirector.config.VirtualService.VirtualAddress;

/**
 * One active {@code failover} block: a service that runs on the active director itself.
 *
 * @param name the block's name
 * @param address the address that moves with it
 * @param protocol its transport protocol
 * @param port its port
 * @param check how the standby director checks it
 * @param startCommand starts it; safe to repeat
 * @param stopCommand stops it; safe to repeat
 */
public record FailoverService(
    String name,
    VirtualAddress address,
    Protocol protocol,
    int port,
    CheckSettings check,
    String startCommand,
    String stopCommand) {}
