// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Real-time scheduling of the threads of this process that a partner or a takeover waits for: they
 * run before every ordinary thread of the machine, as sched(7) says. Off until {@link #ask}; then a
 * thread asks for itself by {@link #enter}, which is harmless where it is off or refused. What such
 * a thread starts, threads and programs, is scheduled as usual again. A thread that never waits is
 * held back by the kernel's throttling (sched_rt_runtime_us): a twentieth of each second is left
 * for the others.
 */
public final class RealTime {
  /** SCHED_RR of {@code <bits/sched.h>}. */
  private static final int ROUND_ROBIN = 2;

  /** SCHED_RESET_ON_FORK of {@code <bits/sched.h>}. */
  private static final int RESET_ON_FORK = 0x40000000;

  /**
   * The threads of the virtual machine that stop all others, or that others wait for when memory is
   * short, as the kernel knows them; those of its collectors that it starts later are started by
   * these.
   */
  private static final List<String> OF_THE_MACHINE =
      List.of(
          "VM Thread",
          "VM Periodic Tas",
          "GC Thread#",
          "G1 ",
          "ZDirector",
          "ZDriver",
          "ZWorker",
          "RuntimeWorker");

  private static final AtomicReference<Asked> NOW =
      new AtomicReference<>(new Asked(Libc.system(), new Status(0, "")));

  private RealTime() {}

  private record Asked(Libc libc, Status status) {}

  /**
   * How it stands.
   *
   * @param priority that was asked for; 0 for none
   * @param problem why the kernel refused it; empty when it did not
   */
  public record Status(int priority, String problem) {
    /** Whether threads run in real time. */
    public boolean isGiven() {
      return priority > 0 && problem.isEmpty();
    }
  }

  /**
   * Asks for it: threads of the virtual machine have it when this returns, others from their next
   * {@link #enter} on. Before they start.
   *
   * @param priority 1 to 99; 0 asks for nothing
   */
  public static Status ask(Libc libc, int priority) {
    var found = new Status(priority, priority == 0 ? "" : machine(libc, priority));
    NOW.set(new Asked(libc, found));
    return found;
  }

  /** How it stands. Any thread. */
  public static Status status() {
    return NOW.get().status;
  }

  /** The thread that calls is one that must run in time, from now on. */
  public static void enter() {
    var now = NOW.get();
    var priority = now.status.priority;
    if (now.status.isGiven()) {
      var failed = now.libc.schedSetscheduler(0, ROUND_ROBIN | RESET_ON_FORK, priority);
      if (failed < 0) {
        NOW.compareAndSet(now, new Asked(now.libc, new Status(priority, Errno.name(-failed))));
      }
    }
  }

  /** The same as the first thing that a thread does. */
  public static Runnable entering(Runnable body) {
    return () -> {
      enter();
      body.run();
    };
  }

  /** Why not; empty when all of them have it. */
  private static String machine(Libc libc, int priority) {
    try (var tasks = Files.newDirectoryStream(Path.of("/proc/self/task"))) {
      for (var task : tasks) {
        if (isOfTheMachine(task)) {
          var thread = Integer.parseInt(task.getFileName().toString());
          var failed = libc.schedSetscheduler(thread, ROUND_ROBIN, priority);
          if (failed < 0) {
            return Errno.name(-failed);
          }
        }
      }
      return "";
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private static boolean isOfTheMachine(Path task) {
    try {
      var name = Files.readString(task.resolve("comm"));
      return OF_THE_MACHINE.stream().anyMatch(name::startsWith);
    } catch (IOException _) {
      // It has ended.
      return false;
    }
  }
}
