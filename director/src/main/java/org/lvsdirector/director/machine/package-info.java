// SPDX-License-Identifier: Apache-2.0
/**
 * What the program needs to know of the machine and of itself: names, which node it is, its
 * version. Start with {@link LocalNode}.
 */
@NullMarked
package org.lvsdirector.director.machine;

import org.jspecify.annotations.NullMarked;
