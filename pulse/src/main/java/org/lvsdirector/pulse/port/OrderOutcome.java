// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.port;

/**
 * How an operator's order ended.
 *
 * @param isDone whether it was carried out; otherwise everything is as it was
 * @param reason why it was not; empty when it was
 */
public record OrderOutcome(boolean isDone, String reason) {}
