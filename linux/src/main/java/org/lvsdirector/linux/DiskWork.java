// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.linux;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Work on files that may never come back, as on a dead network file system. It is done on a thread
 * of its own, for which its caller waits a moment only; while that thread hangs, all that comes
 * after is refused at once. Any thread.
 */
final class DiskWork {
  /** Much longer than a disk takes that is well, and much shorter than a start or a stop may. */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  /** That of this process. */
  static final DiskWork OF_THIS_PROCESS = new DiskWork(PATIENCE);

  private final Duration patience;
  private final ThreadPoolExecutor worker = worker();
  private volatile Future<?> late = CompletableFuture.completedFuture(null);

  /** Work with files. */
  @FunctionalInterface
  interface Work<T> {
    T carryOut() throws IOException;
  }

  DiskWork(Duration patience) {
    this.patience = patience;
  }

  private static ThreadPoolExecutor worker() {
    var factory = Thread.ofPlatform().name("disk").daemon().factory();
    var worker =
        new ThreadPoolExecutor(1, 1, 5, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), factory);
    worker.allowCoreThreadTimeOut(true);
    return worker;
  }

  /**
   * Has it done.
   *
   * @param file what it is about
   * @throws IOException when it failed, or the disk does not answer; then it may be done later
   */
  <T> T call(Path file, Work<T> work) throws IOException {
    if (!late.isDone()) {
      throw new IOException(file + ": the disk still does not answer, see what is mounted there");
    }
    var task = new FutureTask<>(work::carryOut);
    worker.execute(task);
    try {
      return task.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException _) {
      late = task;
      throw new IOException(
          "%s: the disk did not answer within %d ms, see what is mounted there"
              .formatted(file, patience.toMillis()));
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof IOException cause) {
        throw cause;
      }
      throw new IllegalStateException(failed.getCause());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException(file + ": interrupted", interrupted);
    }
  }
}
