// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.output;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Standard output and standard error of this process. A command waits until what it says is
 * written. A daemon never waits: all that it says, its log, the problems of its files, the stack of
 * a thread that ended, goes through one {@link Outlet}.
 */
public final class ProcessOutput {
  private static final long AT_END_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final AtomicReference<@Nullable ProcessOutput> OF_DAEMON = new AtomicReference<>();

  private final Outlet outlet = new Outlet(ProcessOutput::tell);
  private final FileOutputStream out = new FileOutputStream(FileDescriptor.out);
  private final FileOutputStream err = new FileOutputStream(FileDescriptor.err);

  private ProcessOutput() {}

  /**
   * From now on nobody in this process waits for whoever reads what it says. At the end of the
   * process what is left is written, unless that takes longer than two seconds. Once, before
   * anything is said.
   */
  public static void neverWait() {
    var daemon = new ProcessOutput();
    if (OF_DAEMON.compareAndSet(null, daemon)) {
      daemon.begin();
    }
  }

  private void begin() {
    outlet.start();
    System.setOut(new PrintStream(new LineStream(outlet, out), false, System.out.charset()));
    System.setErr(new PrintStream(new LineStream(outlet, err), false, System.err.charset()));
    Runtime.getRuntime().addShutdownHook(new Thread(this::end, "output-end"));
  }

  private void end() {
    System.out.flush();
    System.err.flush();
    var _ = outlet.awaitWritten(AT_END_NANOS);
  }

  /** How the output of this process flows. */
  public static Outlet.Status status() {
    var daemon = OF_DAEMON.get();
    return daemon == null ? Outlet.Status.FLOWING : daemon.outlet.status();
  }

  /** Writes to standard output: a daemon later, a command now. */
  static void write(byte[] text, Outlet.Rank rank) {
    var daemon = OF_DAEMON.get();
    if (daemon == null) {
      System.out.write(text, 0, text.length);
      System.out.flush();
    } else {
      daemon.outlet.offer(daemon.out, text, rank);
    }
  }

  /** Not a constant: the logging starts when something is logged. */
  private static void tell(Outlet.Gap gap) {
    LoggerFactory.getLogger(ProcessOutput.class)
        .warn("{} lines are missing here: nobody read them in time", gap.lines());
  }
}
