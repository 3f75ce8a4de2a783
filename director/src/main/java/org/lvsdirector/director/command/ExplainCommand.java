// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.command;

import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import org.lvsdirector.config.lvscf.Explanations;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code director explain}: what a word of lvs.cf or the code of a problem means. */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    description = {
      "Tells what a directive or a block of lvs.cf takes and does, or what the code of a problem"
          + " stands for, with an example and the way out.",
      "Exit status: 0 told, 1 there is no such word, 2 wrong usage."
    })
public final class ExplainCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "WORD",
      arity = "1..*",
      completionCandidates = Topics.class,
      description =
          "A directive such as keepalive, a block such as virtual, or a code such as LVS0120.")
  private List<String> words = List.of();

  @Spec private CommandSpec spec = CommandSpec.create();

  /** What the shell offers. */
  static final class Topics implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Explanations.topics().iterator();
    }
  }

  @Override
  public Integer call() {
    var status = ExitStatus.DONE;
    for (var word : words) {
      var text = Explanations.of(word);
      if (text.isEmpty()) {
        spec.commandLine().getErr().println("director: " + Explanations.unknown(word));
        status = ExitStatus.REFUSED;
      } else {
        spec.commandLine().getOut().print(text);
      }
    }
    spec.commandLine().getOut().flush();
    return status;
  }
}
