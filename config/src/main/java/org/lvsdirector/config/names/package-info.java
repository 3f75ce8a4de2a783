// SPDX-License-Identifier: Apache-2.0
/**
 * Names in place of numbers: hosts, and the ports that IANA gave to services.
 *
 * <p>Reads nothing by itself. Start with {@link NameResolver}: whoever may look a host up brings
 * one.
 */
@NullMarked
package org.lvsdirector.config.names;

import org.jspecify.annotations.NullMarked;
