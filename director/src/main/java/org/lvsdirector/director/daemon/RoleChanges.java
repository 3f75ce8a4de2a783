// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.daemon;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/** Lets a thread wait for what a change of role brings about. */
final class RoleChanges {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /** The role has changed, for all to see. */
  void changed() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until something is so, which is looked at now and after each change of role.
   *
   * @return whether it is so; false when it was not within {@code nanos}
   */
  boolean await(BooleanSupplier isSo, long nanos) throws InterruptedException {
    var leftNanos = nanos;
    lock.lockInterruptibly();
    try {
      while (!isSo.getAsBoolean()) {
        if (leftNanos <= 0) {
          return false;
        }
        leftNanos = changed.awaitNanos(leftNanos);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }
}
