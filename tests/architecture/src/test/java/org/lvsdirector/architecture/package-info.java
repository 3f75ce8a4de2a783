// SPDX-License-Identifier: Apache-2.0
/** What each module may use, and what a pure class may not touch. */
@NullMarked
package org.lvsdirector.architecture;

import org.jspecify.annotations.NullMarked;
