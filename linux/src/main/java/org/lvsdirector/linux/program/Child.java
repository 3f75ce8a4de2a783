// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.linux.program;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.lvsdirector.linux.Errno;
import org.lvsdirector.linux.Fd;
import org.lvsdirector.linux.Libc;
import org.lvsdirector.linux.LinuxException;

/**
 * A program that this process runs: in a session of its own, without input, and with no file on any
 * disk. One that the kernel would not run is an exception, so it is never taken for a program that
 * ended with some status. What it prints is kept up to a bound; the rest is read and dropped, so
 * that it never waits for its reader.
 *
 * <p>Owned by the platform thread that started it, but for {@link #kill}.
 */
public final class Child implements AutoCloseable {
  private static final int WNOHANG = 1; // linux/wait.h
  private static final int POLLIN = 1; // asm-generic/poll.h
  private static final int POLLFD_BYTES = 8; // poll.h: int fd, short events, short revents
  private static final int SIGNAL_BITS = 0x7f; // bits/waitstatus.h
  private static final int FIRST_SIGNAL_STATUS = 128;
  private static final long LONGEST_DEATH_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** Killed, and not dead yet: a process may be stuck in the kernel. Looked at at each start. */
  private static final Queue<Integer> DYING = new ConcurrentLinkedQueue<>();

  private final Libc libc;
  private final int pid;
  private final Session session;
  private final ChildOutput output;
  private final ChildOutput errors;
  private final Fd ended;
  private boolean isReaped;
  private int waitStatus;

  /**
   * What is run.
   *
   * @param words the program and its arguments; one without a slash is looked for in {@code PATH}
   * @param environment all that it finds in its environment
   * @param folder where it works
   * @param mark a variable of that environment, {@code NAME=value} with a value of this run alone,
   *     by which whatever it starts is known also outside its session
   * @param mostBytes of its output and of its errors that are kept, each
   * @param isJoined whether its errors are part of its output
   */
  public record Order(
      List<String> words,
      Map<String, String> environment,
      Path folder,
      String mark,
      int mostBytes,
      boolean isJoined) {
    public Order {
      words = List.copyOf(words);
      environment = Map.copyOf(environment);
    }

    /** The environment as a kernel takes it. */
    List<String> variables() {
      var variables = new ArrayList<>(List.of(mark));
      environment.forEach((name, value) -> variables.add(name + "=" + value));
      return variables;
    }
  }

  /** Why waiting for a program ended. */
  public enum Outcome {
    ENDED,
    LATE,
    TOO_MUCH_OUTPUT
  }

  private Child(Libc libc, int pid, Fd ended, Order order, ChildOutput output, ChildOutput errors) {
    this.libc = libc;
    this.pid = pid;
    this.ended = ended;
    this.session = new Session(libc, pid, order.mark);
    this.output = output;
    this.errors = errors;
  }

  /**
   * Starts a program. One without a format that the kernel knows is given to the shell, as
   * execvp(3) does, when it is text.
   *
   * @throws LinuxException when it cannot be started, for whatever reason; nothing of it has run
   */
  public static Child start(Order order) throws LinuxException {
    return start(Libc.system(), order);
  }

  static Child start(Libc libc, Order order) throws LinuxException {
    DYING.removeIf(dying -> reap(libc, dying, WNOHANG) != 0);
    var output = ChildOutput.open(libc, order.mostBytes);
    try {
      var errors = order.isJoined ? output : ChildOutput.open(libc, order.mostBytes);
      try {
        return start(libc, order, output, errors);
      } catch (LinuxException | RuntimeException | Error e) {
        errors.close();
        throw e;
      }
    } catch (LinuxException | RuntimeException | Error e) {
      output.close();
      throw e;
    }
  }

  private static Child start(Libc libc, Order order, ChildOutput output, ChildOutput errors)
      throws LinuxException {
    var words = new ArrayList<>(order.words);
    var pid = spawn(libc, order, words, output, errors);
    if (pid == -Errno.ENOEXEC && ProgramFile.isText(words.getFirst())) {
      words.addFirst("/bin/sh");
      pid = spawn(libc, order, words, output, errors);
    }
    LinuxException.check("posix_spawn", pid, order.words.getFirst());
    var ended = libc.pidfdOpen(pid, 0);
    if (ended < 0) {
      new Session(libc, pid, order.mark).kill();
      reap(libc, pid, 0);
      throw new LinuxException("pidfd_open", -ended, order.words.getFirst());
    }
    return new Child(libc, pid, new Fd(libc, ended), order, output, errors);
  }

  private static int spawn(
      Libc libc, Order order, List<String> words, ChildOutput output, ChildOutput errors) {
    return libc.posixSpawn(
        new Libc.Spawning(
            words,
            order.variables(),
            order.folder.toAbsolutePath().toString(),
            output.end(),
            errors.end()));
  }

  /**
   * Reads what it prints until it ends, or until a monotonic time.
   *
   * @param isBounded whether more output than is kept ends the waiting
   */
  public Outcome await(long deadlineNanos, boolean isBounded) throws LinuxException {
    try (var arena = Arena.ofConfined()) {
      var fds = pollfds(arena);
      while (true) {
        var leftNanos = deadlineNanos - System.nanoTime();
        poll(fds, leftNanos);
        output.take();
        errors.take();
        if (isBounded && output.isOverflown()) {
          return Outcome.TOO_MUCH_OUTPUT;
        }
        if (revents(fds, 0) != 0) {
          return Outcome.ENDED;
        }
        if (leftNanos <= 0) {
          return Outcome.LATE;
        }
      }
    }
  }

  private MemorySegment pollfds(Arena arena) {
    var numbers = List.of(ended.number(), output.number(), errors.number());
    var fds = arena.allocate((long) POLLFD_BYTES * numbers.size(), Integer.BYTES);
    for (var i = 0; i < numbers.size(); i++) {
      fds.set(ValueLayout.JAVA_INT, (long) i * POLLFD_BYTES, numbers.get(i));
      fds.set(ValueLayout.JAVA_SHORT, (long) i * POLLFD_BYTES + 4, (short) POLLIN);
    }
    return fds;
  }

  private void poll(MemorySegment fds, long leftNanos) throws LinuxException {
    var millis = Math.clamp(leftNanos / 1_000_000 + 1, 0, Integer.MAX_VALUE);
    var result = libc.poll(fds, fds.byteSize() / POLLFD_BYTES, leftNanos <= 0 ? 0 : millis);
    if (result != -Errno.EINTR) {
      LinuxException.check("poll", result, "");
    }
  }

  private static short revents(MemorySegment fds, int index) {
    return fds.get(ValueLayout.JAVA_SHORT, (long) index * POLLFD_BYTES + 6);
  }

  /** What it printed so far, as much of it as is kept. */
  public byte[] output() {
    return output.bytes();
  }

  /** What it said on its standard error, as much of it as is kept; all where they are joined. */
  public byte[] errors() {
    return errors.bytes();
  }

  /** Whether it printed more than is kept. */
  public boolean isOverflown() {
    return output.isOverflown();
  }

  /**
   * Kills it and all that it started and that still runs. Any thread; harmless once it has ended.
   *
   * @return how many there were beside itself
   */
  public synchronized int kill() {
    return isReaped ? 0 : session.kill();
  }

  /** Its exit status as a shell tells it: 128 and the signal when a signal ended it. */
  public synchronized int status() {
    reap(0);
    var signal = signal();
    return signal == 0 ? waitStatus >> 8 & 0xff : FIRST_SIGNAL_STATUS + signal;
  }

  /** The signal that ended it; 0 when it ended by itself. */
  public synchronized int signal() {
    reap(0);
    return waitStatus & SIGNAL_BITS;
  }

  private synchronized void reap(int options) {
    if (!isReaped) {
      var status = reap(libc, pid, options);
      isReaped = status != 0;
      waitStatus = (int) status;
    }
  }

  /** The wait status with a bit above it, so that it is never 0; 0 while the process runs. */
  private static long reap(Libc libc, int pid, int options) {
    try (var arena = Arena.ofConfined()) {
      var status = arena.allocate(ValueLayout.JAVA_INT);
      int result;
      do {
        result = libc.waitpid(pid, status, options);
      } while (result == -Errno.EINTR);
      return result == 0 ? 0 : 1L << 32 | status.get(ValueLayout.JAVA_INT, 0);
    }
  }

  /**
   * Leaves alone what it started and what still runs: who goes on printing is never held up, and
   * not ended by it either, whatever becomes of this process.
   */
  public void leave() {
    output.abandon();
    errors.abandon();
    finish();
  }

  /** Ends it, if it has not ended, with all that it started. */
  @Override
  public void close() {
    kill();
    finish();
  }

  private void finish() {
    try (var arena = Arena.ofConfined()) {
      poll(pollfds(arena).asSlice(0, POLLFD_BYTES), LONGEST_DEATH_NANOS);
    } catch (LinuxException _) {
      // Then it is asked at the next start whether it has ended.
    }
    reap(WNOHANG);
    if (!isReaped) {
      DYING.add(pid);
    }
    ended.close();
    output.close();
    errors.close();
  }
}
