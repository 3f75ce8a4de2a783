// SPDX-License-Identifier: Apache-2.0
/**
 * The kernel's schedulers as pure code, decision for decision.
 *
 * <p>Each says in a comment how it works. Start with {@link Scheduler} and {@link Schedulers}.
 */
@NullMarked
package org.lvsdirector.engine.schedule;

import org.jspecify.annotations.NullMarked;
