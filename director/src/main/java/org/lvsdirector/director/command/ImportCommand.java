// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.Config;
import org.lvsdirector.config.Pair;
import org.lvsdirector.config.lvscf.ConfigFiles;
import org.lvsdirector.config.lvscf.LvsCfPrinter;
import org.lvsdirector.director.machine.HostNames;
import org.lvsdirector.director.machine.ProblemReport;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code director import}: brings along what another program was configured with. */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    subcommands = {ImportCommand.Piranha.class, CommandLine.HelpCommand.class},
    description = "Brings along the configuration of another program.")
public final class ImportCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say from what: import piranha");
  }

  /** {@code director import piranha}: what a Piranha machine's lvs.cf means today. */
  @Command(
      name = "piranha",
      mixinStandardHelpOptions = true,
      description = {
        "Finds the lvs.cf of Piranha (pulse, lvsd, nanny) on this machine, says everything that is"
            + " wrong with it or means something else today, and what to do next. The file is not"
            + " changed.",
        "With --to it writes the same configuration, in canonical form, to another file. A file"
            + " that is there stays.",
        "Exit status: 0 usable here, 1 it has errors, or none was found, or it could not be"
            + " written."
      })
  static final class Piranha implements Callable<Integer> {
    /** Of 0.4 to 0.8 (RHEL), of one Fedora release, and of the first releases. */
    private static final List<String> PLACES =
        List.of("etc/sysconfig/ha/lvs.cf", "etc/piranha/lvs.cf", "etc/lvs.cf");

    @Parameters(
        paramLabel = "FILE",
        arity = "0..1",
        description =
            "The file (default: /etc/sysconfig/ha/lvs.cf, or where older releases had it).")
    private @Nullable Path file;

    @Option(names = "--to", paramLabel = "FILE", description = "Write the configuration there.")
    private @Nullable Path to;

    @Option(names = "--root", paramLabel = "FOLDER", description = "Look below this folder.")
    private Path root = Path.of("/");

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
      var found = file == null ? find() : file;
      var out = spec.commandLine().getOut();
      if (found == null) {
        return refuse("no Piranha configuration below " + root + ": looked for " + PLACES);
      }
      var parsed = ConfigFiles.lvsCf(found, HostNames.ofThisMachine());
      var told = new ArrayList<>(parsed.problems());
      told.addAll(parsed.notes());
      ProblemReport.print(told, Ansi.AUTO.enabled(), out);
      var config = parsed.config();
      if (config == null) {
        return refuse(found + " has errors: mend them there, or in a copy, and import that");
      }
      tell(found, config, out);
      var target = to;
      return target == null ? advise(found, out) : write(target, config, out);
    }

    private @Nullable Path find() {
      return PLACES.stream().map(root::resolve).filter(Files::exists).findFirst().orElse(null);
    }

    private int refuse(String why) {
      spec.commandLine().getErr().println("director: " + why);
      return ExitStatus.REFUSED;
    }

    private static void tell(Path found, Config config, PrintWriter out) {
      var pair = config.pair();
      var services = config.services();
      var servers = services.stream().mapToInt(service -> service.servers().size()).sum();
      out.printf("%s means today:%n", found);
      out.printf("  directors   %s%n", directors(pair));
      out.printf(
          "  heartbeats  UDP port %d every %d ms, takeover after %d ms of silence%n",
          pair.heartbeatPort(), pair.keepalive().toMillis(), pair.deadtime().toMillis());
      out.printf("  services    %d with %d real servers%n", services.size(), servers);
      for (var service : services) {
        out.printf(
            "              %s %s %s, %d real servers%n",
            service.name(),
            service.key(),
            service.forwarding().scheduler(),
            service.servers().size());
      }
    }

    private static String directors(Pair pair) {
      var first = pair.links().getFirst();
      return pair.isPaired()
          ? "primary %s, backup %s, %d links"
              .formatted(first.primary(), first.backup(), pair.links().size())
          : "primary %s alone (backup_active = 0)".formatted(first.primary());
    }

    private int advise(Path found, PrintWriter out) {
      out.printf(
          "%nWhat to do on both machines that become directors, with a copy of this file:%n");
      out.printf(
          "  director import piranha %s --to /etc/lvs-director/lvs.cf.new%n", found.getFileName());
      out.printf("  mv /etc/lvs-director/lvs.cf.new /etc/lvs-director/lvs.cf%n");
      out.printf("  director doctor%n");
      out.printf("%nThen, first the backup, then the primary:%n");
      out.printf("  service pulse stop && chkconfig pulse off     # on the machine with Piranha%n");
      out.printf(
          "  systemctl enable --now lvs-director           # on the one that takes its place%n");
      out.flush();
      return ExitStatus.DONE;
    }

    private int write(Path target, Config config, PrintWriter out) {
      var text = LvsCfPrinter.print(config).getBytes(StandardCharsets.UTF_8);
      try {
        Files.write(target, text, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      } catch (IOException e) {
        return refuse("cannot write " + target + ": " + e);
      }
      out.println("written to " + target);
      out.flush();
      return ExitStatus.DONE;
    }
  }
}
