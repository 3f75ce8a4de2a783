// SPDX-License-Identifier: Apache-2.0
/** Two directors and a witness in virtual time. */
@NullMarked
package org.lvsdirector.simulation;

import org.jspecify.annotations.NullMarked;
