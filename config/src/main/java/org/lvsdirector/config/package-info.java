// SPDX-License-Identifier: Apache-2.0
/**
 * What the operator wrote, as immutable values, and the words that the parts share: services,
 * servers, the pair, health and role.
 *
 * <p>Everything else of the project may use this package, and it uses nothing of the project. Start
 * with {@link Config}, which holds all the rest.
 */
@NullMarked
package org.lvsdirector.config;

import org.jspecify.annotations.NullMarked;
