package org.lvsdirector.director;

import org.lvsdirector.director.demo.DemoCommand;
import org.lvsdirector.director.demo.DemoServer;
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
    subcommands = {
      RunCommand.class,
      CheckCommand.class,
      ExplainCommand.class,
      ImportCommand.class,
      StatusCommand.class,
      TableCommand.class,
      ReloadCommand.class,
      OrderCommand.Failover.class,
      OrderCommand.Standby.class,
      OrderCommand.Online.class,
      DrillCommand.class,
      DoctorCommand.class,
      KeygenCommand.class,
      WitnessCommand.class,
      EnginesCommand.class,
      CompletionCommand.class,
      ReleaseAddressesCommand.class,
      DemoCommand.class,
      DemoServer.class,
      CommandLine.HelpCommand.class
    },
    description = "One of a pair of Linux Virtual Server directors.",
    footer = {
      "",
      "Exit status: 0 done, 1 the configuration or the daemon says no, 2 wrong usage, 3 no daemon"
          + " answers."
    })
public final class Main implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  /** Runs the command and exits with its status. */
  public static void main(String[] words) {
    System.exit(commandLine().execute(words));
  }

  /** The command with its subcommands; words for choices are taken in any case. */
  static CommandLine commandLine() {
    return new CommandLine(new Main()).setCaseInsensitiveEnumValuesAllowed(true);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say what to do: run, check, status ...");
  }
}
