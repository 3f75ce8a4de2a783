// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.vm;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;

/**
 * A test that is run on every kernel that {@code vm --kernels} names, not on the first one only.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@Tag("every-kernel")
@interface OnEveryKernel {}
