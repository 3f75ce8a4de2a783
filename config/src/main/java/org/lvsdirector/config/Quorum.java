// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config;

/**
 * How much weight must be up for a service to count as working.
 *
 * @param weight sum of the weights of the servers that are up, at least 1
 * @param hysteresis how far the sum must go beyond {@code weight}, up or down, before the verdict
 *     changes; less than {@code weight}
 */
public record Quorum(int weight, int hysteresis) {
  /** One server of weight 1 is enough. */
  public static final Quorum ONE = new Quorum(1, 0);
}
