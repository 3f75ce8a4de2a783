// SPDX-License-Identifier: Apache-2.0
/**
 * What a directive is: a row that says everything of it, the type of its value, and the values of a
 * block by their directives.
 *
 * <p>Uses the syntax and problems only. Start with {@link Directive}; the rows themselves are in
 * the catalogue, those of checks with the kinds of check.
 */
@NullMarked
package org.lvsdirector.config.lvscf.directive;

import org.jspecify.annotations.NullMarked;
