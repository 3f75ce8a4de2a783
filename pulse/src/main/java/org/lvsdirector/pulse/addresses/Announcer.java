// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.addresses;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.lvsdirector.linux.AgentLoop;
import org.lvsdirector.linux.Errno;
import org.lvsdirector.linux.HostAddress;
import org.lvsdirector.linux.Libc;
import org.lvsdirector.linux.LinuxException;
import org.lvsdirector.linux.PacketSocket;
import org.lvsdirector.pulse.seal.AnnouncementTag;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the neighbours where the virtual addresses are: the first frames at once, all others on a
 * thread of its own. Twenty frames a millisecond, so that a thousand addresses neither fill a queue
 * nor drown a switch, and are yet told within a tenth of a second.
 */
final class Announcer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Announcer.class);
  private static final long NANOS_PER_FRAME = 50_000;
  private static final long BATCH_GAP_NANOS = 1_000_000;

  /** After a pause of any length; a pause is longer than asked for on a busy machine. */
  private static final long LARGEST_BATCH = 200;

  private static final int FULL_QUEUE_TRIES = 5;

  /** A wake-up as late as this: the process did not run. */
  private static final long STALL_NANOS = 100_000_000;

  /**
   * Then nothing is sent for so long, since another director may have taken the addresses
   * meanwhile: the failover decision first hears what the partner says, and announces anew or stops
   * this.
   */
  private static final long QUIET_NANOS = 250_000_000;

  private final PacketSocket socket;
  private final AnnouncementTag tags;
  private final AgentLoop loop;

  /** Held while a batch is sent: once {@link #stop} has returned, nothing is sent. */
  private final ReentrantLock lock = new ReentrantLock();

  private final Condition changed = lock.newCondition();
  private final AnnouncementSchedule schedule = new AnnouncementSchedule();
  private final Map<HostAddress, Long> sentAtNanos = new HashMap<>();
  private long frames;
  private long failures;
  private String problem = "";
  private long batchAtNanos = System.nanoTime();
  private long quietUntilNanos = batchAtNanos;

  /**
   * What was announced so far.
   *
   * @param sentAtNanos when each address was announced last, by {@link System#nanoTime}
   * @param frames frames sent
   * @param failures frames that could not be sent
   * @param problem why the latest one could not; empty when it could
   */
  record Status(Map<HostAddress, Long> sentAtNanos, long frames, long failures, String problem) {}

  Announcer(Libc libc, AnnouncementTag tags) throws LinuxException {
    this.tags = tags;
    socket = PacketSocket.open(libc);
    loop =
        new AgentLoop(
                "pulse-announcer",
                this::sendBatch,
                e -> LOG.error("the announcer goes on after a defect of its own", e))
            .wokenBy(this::wake)
            .inRealTime();
    loop.start();
  }

  /**
   * Announces exactly these addresses from now on, beginning with a burst: up to a hundred
   * addresses have been told of when this returns.
   */
  void announce(List<Announced> announced) {
    lock.lock();
    try {
      quietUntilNanos = System.nanoTime();
      schedule.restart(announced, quietUntilNanos);
      sendDue();
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Announces nothing any more; returns when nothing is being sent. */
  void stop() {
    lock.lock();
    try {
      schedule.clear();
      sentAtNanos.clear();
    } finally {
      lock.unlock();
    }
  }

  /** Sends the first frame of one address now. Not on the thread of the announcer. */
  void once(Announced announced) throws LinuxException {
    lock.lock();
    try {
      if (!loop.isClosing()) {
        socket.send(announced.linkIndex(), announced.frame(0, tags));
        frames++;
      }
    } finally {
      lock.unlock();
    }
  }

  Status status() {
    lock.lock();
    try {
      return new Status(Map.copyOf(sentAtNanos), frames, failures, problem);
    } finally {
      lock.unlock();
    }
  }

  /** Waits until frames are due and sends some of them. */
  private void sendBatch() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      if (isDue()) {
        sendDue();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Sends as much of what is due as the pace allows; the lock is held. */
  private void sendDue() {
    var now = System.nanoTime();
    var allowed = Math.clamp((now - batchAtNanos) / NANOS_PER_FRAME, 1, LARGEST_BATCH);
    batchAtNanos = now;
    schedule.take(now, (int) allowed).forEach(this::send);
  }

  /** Waits until frames are due; false at the end. */
  private boolean isDue() throws InterruptedException {
    while (!loop.isClosing()) {
      var untilNanos = Math.max(batchAtNanos + BATCH_GAP_NANOS, quietUntilNanos);
      untilNanos = Math.max(untilNanos, schedule.nextNanos());
      var waitNanos = untilNanos - System.nanoTime();
      if (waitNanos <= 0) {
        return true;
      }
      changed.awaitNanos(waitNanos);
      var now = System.nanoTime();
      if (now - untilNanos >= STALL_NANOS) {
        quietUntilNanos = now + QUIET_NANOS;
      }
    }
    return false;
  }

  private void send(AnnouncementSchedule.Due due) {
    var announced = due.announced();
    try {
      sendPatiently(announced.linkIndex(), announced.frame(due.frame(), tags));
      frames++;
      problem = "";
      sentAtNanos.put(announced.address(), System.nanoTime());
    } catch (LinuxException e) {
      failures++;
      var text =
          "cannot announce %s: %s".formatted(Interfaces.text(announced.address()), e.getMessage());
      if (problem.isEmpty()) {
        LOG.warn("{}", text);
      }
      problem = text;
    }
  }

  /** A full queue empties soon. */
  private void sendPatiently(int linkIndex, byte[] frame) throws LinuxException {
    for (var tries = 1; ; tries++) {
      try {
        socket.send(linkIndex, frame);
        return;
      } catch (LinuxException e) {
        var isFull = e.errno() == Errno.ENOBUFS || e.errno() == Errno.EAGAIN;
        if (!isFull || tries == FULL_QUEUE_TRIES) {
          throw e;
        }
        LockSupport.parkNanos(BATCH_GAP_NANOS);
      }
    }
  }

  private void wake() {
    lock.lock();
    try {
      schedule.clear();
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    loop.close();
    socket.close();
  }
}
