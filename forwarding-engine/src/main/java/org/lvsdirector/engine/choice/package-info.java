// SPDX-License-Identifier: Apache-2.0
/**
 * Which engines there are, which of them this machine can use, and how one is opened.
 *
 * <p>The only package that knows them all. Start with {@link Engines}.
 */
@NullMarked
package org.lvsdirector.engine.choice;

import org.jspecify.annotations.NullMarked;
