// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config;

/**
 * How connections reach the standby director.
 *
 * @param device the interface
 * @param id tells apart pairs that share a network, 0 to 255
 */
public record ConnectionSync(String device, int id) {}
