// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.command;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code director completion}: lets a shell complete the words of this command. */
@Command(
    name = "completion",
    mixinStandardHelpOptions = true,
    description = {
      "Prints what makes bash (or zsh, after bashcompinit) complete the words of this command.",
      "Use it with: source <(director completion)"
    })
public final class CompletionCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    var out = spec.commandLine().getOut();
    out.print(AutoComplete.bash("director", spec.root().commandLine()));
    out.flush();
    return ExitStatus.DONE;
  }
}
