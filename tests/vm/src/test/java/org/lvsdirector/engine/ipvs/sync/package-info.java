// SPDX-License-Identifier: Apache-2.0
/** Connection sync against a real kernel; runs in the guest of {@code tests/vm/run}. */
@NullMarked
package org.lvsdirector.engine.ipvs.sync;

import org.jspecify.annotations.NullMarked;
