// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.output;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Takes text from any thread and writes it on one of its own, so that only that one waits for a
 * pipe that is full, a terminal that was stopped, a journal that hangs. What is too much is dropped
 * and counted: ordinary text first, and in one piece, until half of the room is free again.
 *
 * <p>Offering takes no lock. A lock would be a way for a thread that is not run, such as a virtual
 * one whose carriers are all taken, to hold up the heartbeats.
 */
public final class Outlet {
  static final int ROOM_BYTES = 1 << 20;
  private static final int FLOWING_BYTES = ROOM_BYTES / 2;
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private final Queue<Entry> queue = new ConcurrentLinkedQueue<>();
  private final AtomicLong waitingBytes = new AtomicLong();
  private final AtomicLong dropped = new AtomicLong();
  private final AtomicLong untold = new AtomicLong();
  private final Consumer<Gap> listener;
  private final Thread writer;
  private volatile boolean isDropping;

  /** By {@link System#nanoTime}; of no meaning while {@link #isWriting} is false. */
  private volatile long writingSinceNanos;

  private volatile boolean isWriting;

  /** How much of the room a text may fill, in eighths. */
  enum Rank {
    ORDINARY(6),
    IMPORTANT(7),
    /** What must be read afterwards, such as who was active. */
    KEPT(8);

    private final int roomBytes;

    Rank(int eighths) {
      roomBytes = ROOM_BYTES / 8 * eighths;
    }
  }

  private static final class Entry {
    final OutputStream to;
    final byte[] bytes;

    Entry(OutputStream to, byte[] bytes) {
      this.to = to;
      this.bytes = bytes;
    }
  }

  /**
   * Lines that are missing.
   *
   * @param lines how many
   */
  record Gap(long lines) {}

  /**
   * How it flows.
   *
   * @param dropped lines that were dropped so far
   * @param stuckNanos for how long the writer has been waiting for the reader; 0 when it is not
   */
  public record Status(long dropped, long stuckNanos) {
    /** Nothing was dropped, and nothing waits. */
    public static final Status FLOWING = new Status(0, 0);
  }

  /**
   * An outlet whose thread does not run yet.
   *
   * @param listener is told of lines that were dropped, once text flows again, on the thread that
   *     writes; what it offers comes where they are missing
   */
  Outlet(Consumer<Gap> listener) {
    this.listener = listener;
    writer = Thread.ofPlatform().name("output").daemon().unstarted(this::run);
  }

  void start() {
    writer.start();
  }

  /**
   * Takes text to be written, or drops it. Any thread; never waits.
   *
   * @param text whole lines; not changed any more
   */
  void offer(OutputStream to, byte[] text, Rank rank) {
    if ((rank != Rank.ORDINARY || isOpen()) && hasRoom(text, rank.roomBytes)) {
      queue.add(new Entry(to, text));
      LockSupport.unpark(writer);
    } else {
      isDropping = true;
      drop(text);
    }
  }

  /** Whether ordinary text is taken at all. */
  private boolean isOpen() {
    return !isDropping || waitingBytes.get() <= FLOWING_BYTES;
  }

  /** Takes the room, also for a text that is larger when nothing else waits. */
  private boolean hasRoom(byte[] text, int room) {
    var bytes = waitingBytes.addAndGet(text.length);
    if (bytes <= room || bytes == text.length) {
      return true;
    }
    waitingBytes.addAndGet(-text.length);
    return false;
  }

  private void drop(byte[] text) {
    var lines = lines(text);
    dropped.addAndGet(lines);
    untold.addAndGet(lines);
  }

  private static long lines(byte[] text) {
    var lines = 0L;
    for (var letter : text) {
      lines += letter == '\n' ? 1 : 0;
    }
    return Math.max(1, lines);
  }

  /** How it flows. Any thread. */
  Status status() {
    var sinceNanos = writingSinceNanos;
    var stuckNanos = isWriting ? Math.max(0, System.nanoTime() - sinceNanos) : 0;
    return new Status(dropped.get(), stuckNanos);
  }

  /** Waits until all is written that was offered before, but not longer than so. */
  boolean awaitWritten(long nanos) {
    var endNanos = System.nanoTime() + nanos;
    while (waitingBytes.get() > 0 && System.nanoTime() - endNanos < 0) {
      LockSupport.parkNanos(this, LOOK_NANOS);
    }
    return waitingBytes.get() == 0;
  }

  private void run() {
    while (true) {
      var entry = queue.poll();
      if (entry == null) {
        LockSupport.park(this);
      } else {
        write(entry);
      }
    }
  }

  private void write(Entry entry) {
    writingSinceNanos = System.nanoTime();
    isWriting = true;
    var isWritten = isWritten(entry);
    isWriting = false;
    var isFlowing = waitingBytes.addAndGet(-entry.bytes.length) <= FLOWING_BYTES;
    if (isFlowing) {
      isDropping = false;
    }
    if (isFlowing && isWritten && untold.get() > 0) {
      listener.accept(new Gap(untold.getAndSet(0)));
    }
  }

  /** A reader that is gone, or a full disk, costs the text. */
  private boolean isWritten(Entry entry) {
    try {
      entry.to.write(entry.bytes);
      entry.to.flush();
      return true;
    } catch (IOException _) {
      drop(entry.bytes);
      return false;
    }
  }
}
