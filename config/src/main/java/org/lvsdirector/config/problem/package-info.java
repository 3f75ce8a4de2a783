// SPDX-License-Identifier: Apache-2.0
/**
 * What is wrong with a file: a code, a place, the reason and the way out, collected and printed
 * with a caret.
 *
 * <p>Uses nothing of the project, so that every reader can report here. Start with {@link Problem};
 * {@link ProblemCode} lists all that can be wrong.
 */
@NullMarked
package org.lvsdirector.config.problem;

import org.jspecify.annotations.NullMarked;
