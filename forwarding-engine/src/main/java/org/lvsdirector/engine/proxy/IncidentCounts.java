// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.proxy;

/**
 * What went wrong in a proxy engine since it was opened.
 *
 * @param unserved connections and datagrams for which no server was usable
 * @param connectFailures attempts that a server refused or broke
 * @param connectTimeouts attempts that a server did not answer in time
 * @param acceptPauses how often accepting had to pause, as a rule for want of file descriptors
 * @param localFailures connections and flows given up because this machine had no socket or no
 *     memory for them
 * @param droppedDatagrams datagrams dropped because a socket would not take them
 */
public record IncidentCounts(
    long unserved,
    long connectFailures,
    long connectTimeouts,
    long acceptPauses,
    long localFailures,
    long droppedDatagrams) {}
