// SPDX-License-Identifier: Apache-2.0
/**
 * What on this machine stands in a director's way, and how to mend it.
 *
 * <p>Start with {@link DoctorCommand}; each group of findings is a file.
 */
@NullMarked
package org.lvsdirector.director.doctor;

import org.jspecify.annotations.NullMarked;
