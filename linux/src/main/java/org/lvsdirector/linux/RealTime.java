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
 * thread asks for itself, which is harmless where it is off or refused. What such a thread starts,
 * threads and programs, is scheduled as usual again. A thread that never waits is held back by the
 * kernel's throttling (sched_rt_runtime_us): a twentieth of each second is left for the others.
 */
public final class RealTime {
  /** SCHED_RR of {@code <bits/sched.h>}. */
  private static final int ROUND_ROBIN = 2;

  /** SCHED_RESET_ON_FORK of {@code <bits/sched.h>}. */
  private static final int RESET_ON_FORK = 0x40000000;

  /** While it stops the others, nobody runs. */
  private static final String FIRST_OF_THE_MACHINE = "VM Thread";

  /**
   * The threads of the virtual machine that stop all others, or that others wait for when memory is
   * short, as the kernel knows them; those of its collectors that it starts later are started by
   * these.
   */
  private static final List<String> OF_THE_MACHINE =
      List.of(
          FIRST_OF_THE_MACHINE,
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
   * @param priority 1 to 98, of all but the first, who have one more; 0 asks for nothing
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
    enter(0);
  }

  /**
   * The thread that calls runs before those that only {@link #enter} too: strangers can keep what
   * reads from a network busy, and must not hold up what judges.
   */
  public static void enterFirst() {
    enter(1);
  }

  /** A thread's body that enters before all else. */
  public static Runnable entering(Runnable body) {
    return () -> {
      enter();
      body.run();
    };
  }

  private static void enter(int more) {
    var now = NOW.get();
    if (now.status.isGiven()) {
      var priority = now.status.priority;
      var failed = now.libc.schedSetscheduler(0, ROUND_ROBIN | RESET_ON_FORK, priority + more);
      if (failed < 0) {
        NOW.compareAndSet(now, new Asked(now.libc, new Status(priority, Errno.name(-failed))));
      }
    }
  }

  /** Why not; empty when all of them have it. */
  private static String machine(Libc libc, int priority) {
    try (var tasks = Files.newDirectoryStream(Path.of("/proc/self/task"))) {
      for (var task : tasks) {
        var name = name(task);
        if (OF_THE_MACHINE.stream().anyMatch(name::startsWith)) {
          var thread = Integer.parseInt(task.getFileName().toString());
          var more = name.startsWith(FIRST_OF_THE_MACHINE) ? 1 : 0;
          var failed = libc.schedSetscheduler(thread, ROUND_ROBIN, priority + more);
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

  /** Empty when the thread has ended. */
  private static String name(Path task) {
    try {
      return Files.readString(task.resolve("comm"));
    } catch (IOException _) {
      return "";
    }
  }
}
