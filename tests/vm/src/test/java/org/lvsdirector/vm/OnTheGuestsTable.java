// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.vm;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * A test in the guest's own network namespace, and not on the hosts of {@link Network}: one at a
 * time, beside those that are there.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock("the guest's table")
@ResourceLock(value = TableWrites.LOCK, mode = ResourceAccessMode.READ)
@interface OnTheGuestsTable {}
