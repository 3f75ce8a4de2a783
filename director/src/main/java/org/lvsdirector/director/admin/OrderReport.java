// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.admin;

import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.Role;

/**
 * How an order ended: the body of the answer to {@code POST /v1/failover}, {@code /v1/standby} and
 * {@code /v1/online}.
 *
 * @param order the order's word
 * @param isDone whether it was carried out; otherwise everything is as it was
 * @param reason why it was not, or why there was nothing to do; empty when it was
 * @param node the director that was asked
 * @param role its role afterwards
 * @param partnerRole the partner's role afterwards, as last heard; null when never heard
 * @param tookMillis how long it took
 */
public record OrderReport(
    String order,
    boolean isDone,
    String reason,
    String node,
    Role role,
    @Nullable Role partnerRole,
    long tookMillis) {}
