// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.lab;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/** What the lab asks of the kernel that Java has no word for. */
final class Syscalls {
  /** Of bits/signum-generic.h. */
  static final int SIGKILL = 9;

  /** Of bits/signum-arch.h, for the processors that the lab runs on. */
  static final int SIGCONT = 18;

  /** The same. */
  static final int SIGSTOP = 19;

  /** CLONE_NEWNET of linux/sched.h. */
  private static final int NETWORK = 0x4000_0000;

  private static final Linker LINKER = Linker.nativeLinker();
  private static final MethodHandle OPEN =
      function(
          "open",
          FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT),
          Linker.Option.firstVariadicArg(2));
  private static final MethodHandle SETNS =
      function("setns", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
  private static final MethodHandle CLOSE =
      function("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
  private static final MethodHandle KILL =
      function("kill", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));

  private static final MethodHandle CLOCK_GETTIME =
      function("clock_gettime", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS));

  /** CPUCLOCK_SCHED of linux/posix-timers.h: the processor time of a whole process. */
  private static final int PROCESS_CLOCK = 2;

  private Syscalls() {}

  @SuppressWarnings("restricted")
  private static MethodHandle function(
      String name, FunctionDescriptor descriptor, Linker.Option... options) {
    return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), descriptor, options);
  }

  /** Moves the calling platform thread into a network namespace, for the rest of its life. */
  static void enter(Path namespace) throws IOException {
    if (Thread.currentThread().isVirtual()) {
      throw new IllegalStateException("a virtual thread has no namespace of its own");
    }
    try (var arena = Arena.ofConfined()) {
      var fd = (int) OPEN.invokeExact(arena.allocateFrom(namespace.toString()), 0);
      if (fd < 0) {
        throw new IOException("cannot open " + namespace + ": is this run as root?");
      }
      var status = (int) SETNS.invokeExact(fd, NETWORK);
      var _ = (int) CLOSE.invokeExact(fd);
      if (status != 0) {
        throw new IOException("cannot enter " + namespace + ": is this run as root?");
      }
    } catch (IOException | RuntimeException | Error known) {
      throw known;
    } catch (Throwable impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Sends a signal to a process of this user, kill(2); one that has ended is no error. */
  static void kill(long pid, int signal) {
    try {
      var _ = (int) KILL.invokeExact(Math.toIntExact(pid), signal);
    } catch (RuntimeException | Error known) {
      throw known;
    } catch (Throwable impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** The processor time of a process, by its clock: clock_getcpuclockid(3). */
  static long processorNanos(long pid) {
    try (var arena = Arena.ofConfined()) {
      var time = arena.allocate(JAVA_LONG, 2);
      var clock = ~Math.toIntExact(pid) << 3 | PROCESS_CLOCK;
      if ((int) CLOCK_GETTIME.invokeExact(clock, time) != 0) {
        throw new IllegalStateException("no clock of process " + pid);
      }
      return time.getAtIndex(JAVA_LONG, 0) * 1_000_000_000L + time.getAtIndex(JAVA_LONG, 1);
    } catch (RuntimeException | Error known) {
      throw known;
    } catch (Throwable impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
