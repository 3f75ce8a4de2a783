// SPDX-License-Identifier: Apache-2.0
/**
 * How the second director gets the key from the first, by a code that a person types.
 *
 * <p>Start with {@link PairSession}, which is pure and says what goes over the wire; {@link
 * PairHost} gives, {@link PairGuest} takes.
 */
@NullMarked
package org.lvsdirector.director.pairing;

import org.jspecify.annotations.NullMarked;
