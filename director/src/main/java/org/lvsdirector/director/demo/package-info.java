// SPDX-License-Identifier: Apache-2.0
/**
 * {@code director demo}: a pair at work on loopback, and what goes wrong with it, as a story.
 *
 * <p>Start with {@link DemoCommand}.
 */
@NullMarked
package org.lvsdirector.director.demo;

import org.jspecify.annotations.NullMarked;
