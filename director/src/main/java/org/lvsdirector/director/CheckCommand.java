package org.lvsdirector.director;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.lvsdirector.config.ConfigFiles;
import org.lvsdirector.config.Problem;
import org.lvsdirector.director.admin.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code director check}: says what is wrong with an lvs.cf, before a daemon reads it. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = {
      "Says everything that is wrong with lvs.cf files: place, reason and the way out.",
      "Exit status: 0 no error, 1 errors (with --strict also warnings), 2 wrong usage."
    })
final class CheckCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "FILE",
      arity = "0..*",
      description = "Files to check (default: /etc/lvs-director/lvs.cf).")
  private List<Path> files = List.of();

  @Option(names = "--json", description = "Print the problems as JSON.")
  private boolean isJson;

  @Option(names = "--strict", description = "Let warnings fail too.")
  private boolean isStrict;

  @Spec private CommandSpec spec = CommandSpec.create();

  /**
   * The JSON form of the answer.
   *
   * @param file the file
   * @param isUsable whether a daemon would take it
   * @param problems what is wrong with it
   */
  private record Checked(String file, boolean isUsable, List<Problem> problems) {}

  @Override
  public Integer call() {
    var wanted = files.isEmpty() ? List.of(Path.of("/etc/lvs-director/lvs.cf")) : files;
    var checked = new ArrayList<Checked>();
    for (var file : wanted) {
      checked.add(check(file));
    }
    if (isJson) {
      spec.commandLine().getOut().print(Json.text(checked));
      spec.commandLine().getOut().flush();
    } else {
      checked.forEach(this::print);
    }
    var isGood =
        checked.stream().allMatch(one -> one.isUsable && !(isStrict && !one.problems.isEmpty()));
    return isGood ? ExitStatus.DONE : ExitStatus.REFUSED;
  }

  private static Checked check(Path file) {
    var read = ConfigFiles.lvsCf(file, HostNames.ofThisMachine());
    return new Checked(file.toString(), read.config() != null, read.problems());
  }

  private void print(Checked checked) {
    var out = spec.commandLine().getOut();
    if (checked.problems.isEmpty()) {
      out.println(checked.file + ": no problem found");
      out.flush();
    } else {
      ProblemReport.print(checked.problems, Ansi.AUTO.enabled(), out);
    }
  }
}
