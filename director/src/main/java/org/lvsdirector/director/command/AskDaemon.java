// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.lvsdirector.director.admin.AdminClient;
import org.lvsdirector.director.admin.Json;
import org.lvsdirector.director.machine.PrintableWriter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * A command that asks the running daemon: where that listens, what is said when it does not answer
 * or will not, and the exit status of each.
 */
abstract class AskDaemon implements Callable<Integer> {
  @Mixin private SocketOption socket = new SocketOption();

  @Spec private CommandSpec spec = CommandSpec.create();

  /** Asks, prints the answer and gives the exit status. */
  abstract int ask(AdminClient client) throws IOException, Refused;

  /** The daemon gives no such answer. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1;

    Refused(AdminClient.Answer answer) {
      super("director: the daemon says: " + Json.error(answer.body()).strip());
    }
  }

  @Override
  public final Integer call() {
    var path = socket.path();
    try {
      return ask(new AdminClient(path));
    } catch (Refused refused) {
      print(err(), refused.getMessage() + "\n");
      return ExitStatus.REFUSED;
    } catch (IOException nobody) {
      print(err(), DaemonHint.noDaemon(path, nobody) + "\n");
      return ExitStatus.NO_DAEMON;
    }
  }

  /** The report in an answer, of something that was done or not. */
  static <R> R report(AdminClient.Answer answer, Class<R> type) throws IOException, Refused {
    var _ = isDone(answer);
    return Json.read(answer.body(), type);
  }

  /** Whether what was asked for is done, as the answer's status says. */
  static boolean isDone(AdminClient.Answer answer) throws Refused {
    return switch (answer.status()) {
      case 200 -> true;
      case 409 -> false;
      default -> throw new Refused(answer);
    };
  }

  static int status(boolean isDone) {
    return isDone ? ExitStatus.DONE : ExitStatus.REFUSED;
  }

  static void print(PrintWriter to, String text) {
    to.print(text);
    to.flush();
  }

  final PrintWriter out() {
    return PrintableWriter.over(spec.commandLine().getOut());
  }

  final PrintWriter err() {
    return PrintableWriter.over(spec.commandLine().getErr());
  }
}
