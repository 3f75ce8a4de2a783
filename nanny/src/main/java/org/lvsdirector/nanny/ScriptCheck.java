// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.nanny;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.Endpoint;
import org.lvsdirector.linux.LinuxException;
import org.lvsdirector.linux.program.Child;
import org.lvsdirector.nanny.Expectation.Verdict;

/**
 * Runs a program; its exit status must be 0, and what it prints must be what is expected.
 *
 * <p>The program has no input, no terminal, an environment of {@code PATH}, {@code LC_ALL} and a
 * mark, and the root folder to work in; what it writes to standard error is dropped. It runs in a
 * session of its own, and nothing of it outlives the check. A program that this machine cannot
 * start, or ends for want of memory, says nothing about the server.
 */
final class ScriptCheck {
  private static final int SIGKILL = 9;

  private final CheckPrograms programs;
  private final String command;
  private final Duration timeout;
  private final Expectation expectation;
  private final long memoryKills = MemoryKills.count();

  /** Since when the program runs: that this machine is slow to start one is not its fault. */
  private long startNanos = System.nanoTime();

  private @Nullable Child child;
  private boolean isInterrupted;

  private ScriptCheck(
      CheckPrograms programs, String command, Duration timeout, Expectation expectation) {
    this.programs = programs;
    this.command = command;
    this.timeout = timeout;
    this.expectation = expectation;
  }

  /**
   * Runs the program of a check.
   *
   * @param programs what all of them share
   * @param command program and arguments, as lvs.cf has them
   * @param server what {@code %h} and {@code %p} stand for
   * @param expectation made of what the check expects
   */
  static CheckResult run(
      CheckPrograms programs,
      String command,
      Endpoint server,
      Duration timeout,
      Expectation expectation)
      throws InterruptedException {
    return new ScriptCheck(programs, command, timeout, expectation)
        .run(Script.words(command, server));
  }

  private CheckResult run(List<String> words) throws InterruptedException {
    var program = Script.find(words.getFirst());
    if (program.isEmpty()) {
      return undecided(Script.missing(words.getFirst()));
    }
    words.set(0, program.get().toString());
    var ended = new CompletableFuture<CheckResult>();
    try {
      programs.thread(() -> end(ended, words)).start();
    } catch (OutOfMemoryError e) {
      return undecided("no thread for the program: " + Wording.reason(e));
    }
    try {
      return ended.get();
    } catch (InterruptedException e) {
      interrupt();
      throw e;
    } catch (ExecutionException e) {
      return undecided(Wording.reason(e.getCause() == null ? e : e.getCause()));
    }
  }

  /** On a platform thread, because waiting for a program holds the thread that carries it. */
  private void end(CompletableFuture<CheckResult> ended, List<String> words) {
    try {
      ended.complete(converse(words));
    } catch (Throwable e) {
      ended.completeExceptionally(e);
    }
  }

  private synchronized void interrupt() {
    isInterrupted = true;
    if (child != null) {
      child.kill();
    }
  }

  private synchronized void hold(Child started) {
    startNanos = System.nanoTime();
    child = started;
    if (isInterrupted) {
      started.kill();
    }
  }

  private CheckResult converse(List<String> words) {
    try (var started = Child.start(order(words))) {
      hold(started);
      var outcome = started.await(deadlineNanos(), expectation.wantsAnswer());
      var others = started.kill();
      if (others > 0 && outcome == Child.Outcome.ENDED) {
        programs.leftBehind(command, others);
      }
      return switch (outcome) {
        case LATE -> bad("not ended within " + Wording.duration(timeout));
        case TOO_MUCH_OUTPUT -> tooMuch();
        case ENDED -> judge(words.getFirst(), started);
      };
    } catch (LinuxException e) {
      return undecided("the program cannot be started: " + StartFault.words(words.getFirst(), e));
    }
  }

  private Child.Order order(List<String> words) {
    return new Child.Order(
        words,
        Map.of("PATH", Script.SEARCH_PATH, "LC_ALL", "C"),
        Path.of("/"),
        programs.freshMark(),
        Expectation.MOST_BYTES,
        false);
  }

  private CheckResult judge(String program, Child ended) {
    if (expectation.wantsAnswer() && ended.isOverflown()) {
      return tooMuch();
    }
    if (ended.signal() == SIGKILL && MemoryKills.count() != memoryKills) {
      return undecided("the kernel killed the program, or another, for want of memory");
    }
    var status = ended.status();
    var fault = StartFault.behind(program, status, ended.errors());
    if (fault.isPresent()) {
      return undecided(fault.get());
    }
    if (status != 0) {
      var signal = ended.signal();
      return bad("exit status " + status + (signal > 0 ? " (signal " + signal + ")" : ""));
    }
    return expectation.wantsAnswer() ? compared(ended.output()) : good("exit status 0");
  }

  private CheckResult tooMuch() {
    return bad("it printed more than " + Expectation.MOST_BYTES / 1024 + " KiB");
  }

  private CheckResult compared(byte[] output) {
    var answer = new Answer(deadlineNanos());
    answer.take(ByteBuffer.wrap(output));
    if (answer.isEmpty()) {
      return bad("it printed nothing");
    }
    try {
      return switch (expectation.judge(answer, true)) {
        case Verdict.Match(var detail) -> good(detail);
        case Verdict.Mismatch(var reason) -> bad(reason);
        case Verdict.More _ -> throw new AssertionError("a complete answer needs no more");
      };
    } catch (Answer.TooLateException e) {
      return bad(Wording.reason(e) + ", more than " + Wording.duration(timeout));
    } catch (StackOverflowError _) {
      return bad("the regular expression is too deep for this answer");
    }
  }

  private long deadlineNanos() {
    return startNanos + timeout.toNanos();
  }

  private CheckResult good(String detail) {
    return new CheckResult.Good(detail, tookNanos());
  }

  private CheckResult bad(String reason) {
    return new CheckResult.Bad(reason, tookNanos());
  }

  private CheckResult undecided(String reason) {
    return new CheckResult.Undecided(reason, tookNanos());
  }

  private long tookNanos() {
    return System.nanoTime() - startNanos;
  }
}
