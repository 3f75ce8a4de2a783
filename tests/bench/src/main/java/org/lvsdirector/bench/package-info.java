// SPDX-License-Identifier: Apache-2.0
/** Programs that the benchmark scripts start. */
@NullMarked
package org.lvsdirector.bench;

import org.jspecify.annotations.NullMarked;
