// SPDX-License-Identifier: Apache-2.0
/**
 * From characters to a tree of statements and blocks, with everything that was written in it.
 *
 * <p>Knows no directive: which words are known is passed in. Start with {@link Syntax}, then {@link
 * Lexer} for one line.
 */
@NullMarked
package org.lvsdirector.config.lvscf.syntax;

import org.jspecify.annotations.NullMarked;
