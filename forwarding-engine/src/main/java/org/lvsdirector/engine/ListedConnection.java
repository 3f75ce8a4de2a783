// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine;

/**
 * A connection that an engine forwards, or a template that ties a client to a server.
 *
 * @param protocol such as {@code TCP}; {@code IP} for templates of firewall marks
 * @param state such as {@code ESTABLISHED}
 * @param expiresInSeconds when it is forgotten, should no packet come
 * @param client address and port of the source; port 0 for a template
 * @param virtual address and port that the client talks to
 * @param server address and port of the real server
 */
public record ListedConnection(
    String protocol,
    String state,
    long expiresInSeconds,
    String client,
    String virtual,
    String server) {}
