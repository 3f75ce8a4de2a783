// SPDX-License-Identifier: Apache-2.0
/** The {@code director} command. Start with {@link Main}. */
@NullMarked
package org.lvsdirector.director;

import org.jspecify.annotations.NullMarked;
