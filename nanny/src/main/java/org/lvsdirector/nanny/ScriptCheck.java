// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.nanny;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.Endpoint;
import org.lvsdirector.nanny.Expectation.Verdict;

/**
 * Runs a program; its exit status must be 0, and what it prints must be what is expected.
 *
 * <p>The program has no input, no terminal, an environment of {@code PATH} and {@code LC_ALL}
 * alone, and the root folder to work in; what it writes to standard error is dropped. It runs in a
 * session of its own, which is killed as a whole at the deadline. A program that is missing, or a
 * machine that cannot start one, says nothing about the server.
 */
final class ScriptCheck {
  /** How long a program that has ended may leave its output to be read. */
  private static final Duration LAST_OUTPUT = Duration.ofMillis(200);

  private static final int FIRST_SIGNAL_STATUS = 128;

  private final Duration timeout;
  private final long startNanos = System.nanoTime();
  private final Expectation expectation;

  private ScriptCheck(Duration timeout, Expectation expectation) {
    this.timeout = timeout;
    this.expectation = expectation;
  }

  /**
   * Runs the program of a check.
   *
   * @param command program and arguments, as lvs.cf has them
   * @param server what {@code %h} and {@code %p} stand for
   * @param expectation made of what the check expects
   */
  static CheckResult run(String command, Endpoint server, Duration timeout, Expectation expectation)
      throws InterruptedException {
    return new ScriptCheck(timeout, expectation).run(Script.words(command, server));
  }

  private CheckResult run(List<String> words) throws InterruptedException {
    var program = Script.find(words.getFirst());
    if (program.isEmpty()) {
      return undecided("there is no program " + Wording.quote(words.getFirst()));
    }
    words.set(0, program.get().toString());
    Script.find("setsid").ifPresent(setsid -> words.addFirst(setsid.toString()));
    Process process;
    try {
      process = start(words);
    } catch (IOException e) {
      return undecided("the program cannot be started: " + Wording.reason(e));
    }
    var session = new Session(process);
    try {
      return converse(process, session);
    } catch (InterruptedException e) {
      session.kill();
      throw e;
    }
  }

  private Process start(List<String> words) throws IOException {
    var builder =
        new ProcessBuilder(words)
            .directory(Path.of("/").toFile())
            .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
            .redirectError(Redirect.DISCARD);
    if (!expectation.wantsAnswer()) {
      builder.redirectOutput(Redirect.DISCARD);
    }
    builder.environment().clear();
    builder.environment().put("PATH", Script.SEARCH_PATH);
    builder.environment().put("LC_ALL", "C");
    return builder.start();
  }

  private CheckResult converse(Process process, Session session) throws InterruptedException {
    var output = expectation.wantsAnswer() ? Output.of(process, session) : null;
    var leftNanos = startNanos + timeout.toNanos() - System.nanoTime();
    if (!process.waitFor(leftNanos, TimeUnit.NANOSECONDS)) {
      session.kill();
      return bad("not ended within " + Wording.duration(timeout));
    }
    if (output != null && !output.reader.join(LAST_OUTPUT)) {
      session.kill();
    }
    return judge(process.exitValue(), output);
  }

  private CheckResult judge(int status, @Nullable Output output) {
    if (output != null && output.isTooLong()) {
      return bad("it printed more than " + Expectation.MOST_BYTES / 1024 + " KiB");
    }
    if (status != 0) {
      return bad(
          "exit status "
              + status
              + (status > FIRST_SIGNAL_STATUS
                  ? " (signal " + (status - FIRST_SIGNAL_STATUS) + ")"
                  : ""));
    }
    if (output == null) {
      return good("exit status 0");
    }
    return compared(output.answer(startNanos + timeout.toNanos()));
  }

  private CheckResult compared(Answer answer) {
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

  /**
   * What a program prints, as much of it as is ever looked at. A thread of its own reads it,
   * because reading a pipe would hold one of the few that carry all virtual threads. A program that
   * prints more is killed.
   */
  private static final class Output {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Thread reader;

    private Output(Process process, Session session) {
      reader =
          Thread.ofPlatform()
              .daemon()
              .name("nanny-script-output")
              .unstarted(() -> read(process.getInputStream(), session));
    }

    static Output of(Process process, Session session) {
      var output = new Output(process, session);
      output.reader.start();
      return output;
    }

    private void read(InputStream in, Session session) {
      var chunk = new byte[8192];
      try (in) {
        for (var count = in.read(chunk); count >= 0; count = in.read(chunk)) {
          bytes.write(chunk, 0, count);
          if (isTooLong()) {
            session.kill();
            return;
          }
        }
      } catch (IOException _) {
        // The pipe ends with the program, in whatever way; what was read is judged.
        return;
      }
    }

    boolean isTooLong() {
      return bytes.size() > Expectation.MOST_BYTES;
    }

    Answer answer(long deadlineNanos) {
      var answer = new Answer(deadlineNanos);
      answer.take(ByteBuffer.wrap(bytes.toByteArray()));
      return answer;
    }
  }
}
