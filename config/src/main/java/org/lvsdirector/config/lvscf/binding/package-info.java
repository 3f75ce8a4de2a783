// SPDX-License-Identifier: Apache-2.0
/**
 * From statements to records: values are read by their directives, blocks become values of {@code
 * config}, and what concerns several blocks is checked at the end.
 *
 * <p>Uses the syntax and the catalogue. Start with {@link Binder}; there is a binder for each kind
 * of block.
 */
@NullMarked
package org.lvsdirector.config.lvscf.binding;

import org.jspecify.annotations.NullMarked;
