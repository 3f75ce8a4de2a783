// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.command;

import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.lvsdirector.director.admin.Json;
import org.lvsdirector.engine.Availability;
import org.lvsdirector.engine.Capability;
import org.lvsdirector.engine.EngineKind;
import org.lvsdirector.engine.KernelNeed;
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
   * @param about what it is
   * @param can what it can beyond forwarding
   * @param needs what it needs of the kernel
   */
  private record Shown(
      String name,
      boolean isUsable,
      String reason,
      String about,
      Set<Capability> can,
      List<KernelNeed> needs) {}

  @Override
  public Integer call() {
    var engines = Engines.kinds().stream().map(EnginesCommand::shown).toList();
    var out = spec.commandLine().getOut();
    out.print(isJson ? Json.text(engines) : table(engines));
    out.flush();
    return ExitStatus.DONE;
  }

  private static Shown shown(EngineKind kind) {
    var availability = kind.availability();
    var reason = availability instanceof Availability.Unusable(String why) ? why : "";
    return new Shown(
        kind.word(),
        availability instanceof Availability.Usable,
        reason,
        kind.about(),
        kind.can(),
        kind.needs());
  }

  private static String table(List<Shown> engines) {
    var text = new StringBuilder();
    for (var engine : engines) {
      text.append(
          String.format(
              "%-6s %s%n", engine.name(), engine.isUsable() ? "usable" : "no: " + engine.reason()));
      text.append(String.format("       %s%n", engine.about()));
      for (var capability : engine.can()) {
        text.append(String.format("       It %s.%n", capability.text()));
      }
    }
    return text.toString();
  }
}
