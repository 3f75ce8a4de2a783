// SPDX-License-Identifier: Apache-2.0
/** Tests of connection sync. */
@NullMarked
package org.lvsdirector.engine.ipvs.sync;

import org.jspecify.annotations.NullMarked;
