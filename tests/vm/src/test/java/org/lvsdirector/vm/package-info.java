// SPDX-License-Identifier: Apache-2.0
/** What only a kernel with IPVS can show; runs in the guest of {@code tests/vm/run}. */
@NullMarked
package org.lvsdirector.vm;

import org.jspecify.annotations.NullMarked;
