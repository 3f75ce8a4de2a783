// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config;

import org.jspecify.annotations.Nullable;

/**
 * What a director runs when its role changes; null for nothing.
 *
 * @param active run when it becomes active
 * @param inactive run when it stops being active
 * @param change run at every change
 */
public record Commands(
    @Nullable String active, @Nullable String inactive, @Nullable String change) {
  /** Nothing is run. */
  public static final Commands NONE = new Commands(null, null, null);
}
