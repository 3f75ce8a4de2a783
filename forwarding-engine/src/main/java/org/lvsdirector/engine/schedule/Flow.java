// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.schedule;

import org.lvsdirector.config.IpAddress;

/**
 * What a scheduler knows of a new connection.
 *
 * @param source the client's address
 * @param sourcePort the client's port
 * @param destination the virtual address
 */
public record Flow(IpAddress source, int sourcePort, IpAddress destination) {}
