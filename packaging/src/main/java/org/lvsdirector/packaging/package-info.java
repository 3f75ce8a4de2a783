// SPDX-License-Identifier: Apache-2.0
/** What turns the modules into things to install: the portable folder, a DEB and an RPM. */
@NullMarked
package org.lvsdirector.packaging;

import org.jspecify.annotations.NullMarked;
