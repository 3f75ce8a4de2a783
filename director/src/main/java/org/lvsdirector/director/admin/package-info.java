// SPDX-License-Identifier: Apache-2.0
/**
 * The admin API: HTTP with JSON on a Unix socket, its server, its client and the reports that it
 * carries.
 *
 * <p>Knows nothing of the daemon, which gives it endpoints. Start with {@link AdminServer}.
 */
@NullMarked
package org.lvsdirector.director.admin;

import org.jspecify.annotations.NullMarked;
