// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.daemon;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.director.daemon.Daemon.Reloaded;

/**
 * Orders to read the configuration again, of whoever gives them, carried out on a thread of their
 * own. Those that come while one is carried out are one, which begins after them: each gets its
 * answer.
 */
final class Reloads implements AutoCloseable {
  private static final Reloaded STOPPING = new Reloaded(false, "this director stops\n");

  private final Supplier<Reloaded> reload;
  private final ReentrantLock lock = new ReentrantLock();

  /** Guarded by the lock, as are the next two: what was ordered and has not begun. */
  private @Nullable CompletableFuture<Reloaded> waiting;

  private boolean isAtWork;
  private boolean isClosed;

  Reloads(Supplier<Reloaded> reload) {
    this.reload = reload;
  }

  /** Orders a reload that begins from now on; completes with what came of it. Any thread. */
  CompletableFuture<Reloaded> order() {
    lock.lock();
    try {
      if (isClosed) {
        return CompletableFuture.completedFuture(STOPPING);
      }
      var next = waiting == null ? new CompletableFuture<Reloaded>() : waiting;
      waiting = next;
      if (!isAtWork) {
        isAtWork = true;
        var _ = Thread.ofPlatform().daemon().name("reload").start(this::work);
      }
      return next.copy();
    } finally {
      lock.unlock();
    }
  }

  private void work() {
    for (var order = take(); order != null; order = take()) {
      try {
        order.complete(reload.get());
      } catch (Throwable defect) {
        order.completeExceptionally(defect);
      }
    }
  }

  private @Nullable CompletableFuture<Reloaded> take() {
    lock.lock();
    try {
      var next = waiting;
      waiting = null;
      isAtWork = next != null;
      return next;
    } finally {
      lock.unlock();
    }
  }

  /** Refuses what has not begun; does not wait for what has. */
  @Override
  public void close() {
    lock.lock();
    try {
      isClosed = true;
      if (waiting != null) {
        waiting.complete(STOPPING);
        waiting = null;
      }
    } finally {
      lock.unlock();
    }
  }
}
