// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.vm;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;

/**
 * A test that is run on another kernel than the first one only when that is asked for by {@code run
 * --kernel}: it takes too long for every run.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@Tag("asked-kernel")
@interface OnAskedKernel {}
