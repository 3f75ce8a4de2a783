// SPDX-License-Identifier: Apache-2.0
/** What runs inside the containers. */
@NullMarked
package org.lvsdirector.containers;

import org.jspecify.annotations.NullMarked;
