// SPDX-License-Identifier: Apache-2.0
/**
 * The kinds of check, one file each: a kind's word, its settings, how it is read from a block, how
 * it is written, and what the reference page says of it.
 *
 * <p>Uses directives only; the catalogue, the binders and the printer use it. Start with {@link
 * CheckKind}; a new kind is a file beside the others and a line in its list.
 */
@NullMarked
package org.lvsdirector.config.lvscf.check;

import org.jspecify.annotations.NullMarked;
