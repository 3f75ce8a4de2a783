// SPDX-License-Identifier: Apache-2.0
/**
 * What an engine is to hold, and the steps from one table to another.
 *
 * <p>Pure values and functions of them. Start with {@link Table}; {@link TableDiff} says what has
 * to change.
 */
@NullMarked
package org.lvsdirector.engine.table;

import org.jspecify.annotations.NullMarked;
