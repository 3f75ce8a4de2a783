// SPDX-License-Identifier: Apache-2.0
/**
 * Every directive of lvs.cf, one row each.
 *
 * <p>Parser, printer, manual pages and errors read these rows; it uses directives and kinds of
 * check only. Start with {@link Catalogue}; a new directive is a row in the file of its block, such
 * as {@link ServiceDirectives}.
 */
@NullMarked
package org.lvsdirector.config.lvscf.catalogue;

import org.jspecify.annotations.NullMarked;
