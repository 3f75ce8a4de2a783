// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.command;

import java.util.List;
import java.util.concurrent.Callable;
import org.lvsdirector.director.admin.Json;
import org.lvsdirector.engine.Availability;
import org.lvsdirector.engine.choice.Engines;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code director engines}: which forwarding engines this machine can use, and why not others. */
@Command(
    name = "engines",
    mixinStandardHelpOptions = true,
    description = "Shows which forwarding engines this machine can use, best first, and why not.")
public final class EnginesCommand implements Callable<Integer> {
  @Option(names = "--json", description = "Print JSON.")
  private boolean isJson;

  @Spec private CommandSpec spec = CommandSpec.create();

  /**
   * The JSON form.
   *
   * @param name the word of {@code engine} in director.conf
   * @param isUsable whether it works on this machine
   * @param reason why not; empty when usable
   */
  private record Shown(String name, boolean isUsable, String reason) {}

  @Override
  public Integer call() {
    var engines = Engines.candidates().stream().map(EnginesCommand::shown).toList();
    var out = spec.commandLine().getOut();
    out.print(isJson ? Json.text(engines) : table(engines));
    out.flush();
    return ExitStatus.DONE;
  }

  private static Shown shown(Engines.Candidate candidate) {
    return switch (candidate.availability()) {
      case Availability.Usable _ -> new Shown(candidate.name(), true, "");
      case Availability.Unusable unusable -> new Shown(candidate.name(), false, unusable.reason());
    };
  }

  private static String table(List<Shown> engines) {
    var text = new StringBuilder();
    for (var engine : engines) {
      text.append(
          String.format(
              "%-6s %s%n", engine.name(), engine.isUsable() ? "usable" : "no: " + engine.reason()));
    }
    return text.toString();
  }
}
