// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.lab;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Reads what a process says into a file, and can be stopped, as a journal that hangs. */
final class LogReader {
  private static final int CHUNK = 4096;

  private final InputStream pipe;
  private final Path file;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition going = lock.newCondition();
  private boolean isStopped;

  private LogReader(InputStream pipe, Path file) {
    this.pipe = pipe;
    this.file = file;
  }

  /** Reads until the process has ended and everything is read. */
  static LogReader start(String name, Process process, Path file) {
    var reader = new LogReader(process.getInputStream(), file);
    Thread.ofPlatform().daemon().name("reader of " + name).start(reader::read);
    return reader;
  }

  /** Reads no more; what is in its hands still comes into the file. */
  void stop() {
    set(true);
  }

  /** Reads on. */
  void goOn() {
    set(false);
  }

  private void set(boolean isToStop) {
    lock.lock();
    try {
      isStopped = isToStop;
      going.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void read() {
    var chunk = new byte[CHUNK];
    try (pipe;
        var out =
            Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      awaitGoing();
      for (var read = pipe.read(chunk); read >= 0; read = pipe.read(chunk)) {
        out.write(chunk, 0, read);
        awaitGoing();
      }
    } catch (IOException ended) {
      // A process that was killed closes its pipe as it likes.
    }
  }

  private void awaitGoing() {
    lock.lock();
    try {
      while (isStopped) {
        going.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }
}
