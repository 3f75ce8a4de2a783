// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.lvsdirector.director.command.CheckCommand;
import org.lvsdirector.director.command.CompletionCommand;
import org.lvsdirector.director.command.DrillCommand;
import org.lvsdirector.director.command.EnginesCommand;
import org.lvsdirector.director.command.ExplainCommand;
import org.lvsdirector.director.command.ImportCommand;
import org.lvsdirector.director.command.KeygenCommand;
import org.lvsdirector.director.command.OrderCommand;
import org.lvsdirector.director.command.PairCommand;
import org.lvsdirector.director.command.ReleaseAddressesCommand;
import org.lvsdirector.director.command.ReloadCommand;
import org.lvsdirector.director.command.RunCommand;
import org.lvsdirector.director.command.StatusCommand;
import org.lvsdirector.director.command.TableCommand;
import org.lvsdirector.director.command.WitnessCommand;
import org.lvsdirector.director.demo.DemoCommand;
import org.lvsdirector.director.demo.DemoServer;
import org.lvsdirector.director.doctor.DoctorCommand;
import org.lvsdirector.director.machine.Version;
import org.lvsdirector.director.output.ProcessOutput;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The {@code director} command. */
@Command(
    name = "director",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "One of a pair of Linux Virtual Server directors.",
    footer = {
      "",
      "Exit status: 0 done, 1 the configuration or the daemon says no, 2 wrong usage, 3 no daemon"
          + " answers."
    })
public final class Main implements Runnable {
  private static final Map<String, Class<?>> SUBCOMMANDS = new LinkedHashMap<>();

  static {
    SUBCOMMANDS.put("run", RunCommand.class);
    SUBCOMMANDS.put("check", CheckCommand.class);
    SUBCOMMANDS.put("explain", ExplainCommand.class);
    SUBCOMMANDS.put("import", ImportCommand.class);
    SUBCOMMANDS.put("status", StatusCommand.class);
    SUBCOMMANDS.put("table", TableCommand.class);
    SUBCOMMANDS.put("reload", ReloadCommand.class);
    SUBCOMMANDS.put("failover", OrderCommand.Failover.class);
    SUBCOMMANDS.put("standby", OrderCommand.Standby.class);
    SUBCOMMANDS.put("online", OrderCommand.Online.class);
    SUBCOMMANDS.put("drill", DrillCommand.class);
    SUBCOMMANDS.put("doctor", DoctorCommand.class);
    SUBCOMMANDS.put("keygen", KeygenCommand.class);
    SUBCOMMANDS.put("pair", PairCommand.class);
    SUBCOMMANDS.put("witness", WitnessCommand.class);
    SUBCOMMANDS.put("engines", EnginesCommand.class);
    SUBCOMMANDS.put("completion", CompletionCommand.class);
    SUBCOMMANDS.put("release-addresses", ReleaseAddressesCommand.class);
    SUBCOMMANDS.put("demo", DemoCommand.class);
    SUBCOMMANDS.put("demo-server", DemoServer.class);
    SUBCOMMANDS.put("help", CommandLine.HelpCommand.class);
  }

  /** Those that look at the others. */
  private static final Set<String> ABOUT_ALL = Set.of("completion", "help");

  /** Those that must not wait for whoever reads what they say. */
  private static final Set<String> DAEMONS = Set.of("run", "witness");

  @Spec private CommandSpec spec = CommandSpec.create();

  /** Runs the command and exits with its status. */
  public static void main(String[] words) {
    if (words.length > 0 && DAEMONS.contains(words[0])) {
      ProcessOutput.neverWait();
    }
    System.exit(commandLine(words).execute(words));
  }

  /** The command with its subcommands; words for choices are taken in any case. */
  public static CommandLine commandLine() {
    return with(SUBCOMMANDS);
  }

  /** The command as far as these words need it: to build all of it takes a tenth of a second. */
  static CommandLine commandLine(String... words) {
    var first = words.length == 0 ? "" : words[0];
    var wanted = ABOUT_ALL.contains(first) ? null : SUBCOMMANDS.get(first);
    return wanted == null ? commandLine() : with(Map.of(first, wanted));
  }

  private static CommandLine with(Map<String, Class<?>> subcommands) {
    var main = new CommandLine(new Main());
    subcommands.forEach(main::addSubcommand);
    return main.setCaseInsensitiveEnumValuesAllowed(true);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say what to do: run, check, status ...");
  }
}
