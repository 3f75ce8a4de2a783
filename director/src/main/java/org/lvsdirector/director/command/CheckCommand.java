// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.lvscf.ConfigFiles;
import org.lvsdirector.config.lvscf.Effective;
import org.lvsdirector.config.lvscf.LvsCf;
import org.lvsdirector.config.lvscf.LvsCfPrinter;
import org.lvsdirector.config.problem.Problem;
import org.lvsdirector.director.admin.Json;
import org.lvsdirector.director.machine.HostNames;
import org.lvsdirector.director.machine.ProblemReport;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code director check}: says what is wrong with an lvs.cf, before a daemon reads it. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = {
      "Says everything that is wrong with lvs.cf files: place, reason and the way out.",
      "With --effective or --canonical it prints the one FILE instead, and says what is wrong on"
          + " standard error.",
      "Notes tell what to know of a file that is right; they are no problems. 'director explain"
          + " CODE' tells more.",
      "Exit status: 0 no error, 1 errors (with --strict also warnings), 2 wrong usage."
    })
public final class CheckCommand implements Callable<Integer> {
  private static final Path INSTALLED = Path.of("/etc/lvs-director/lvs.cf");

  @Parameters(
      paramLabel = "FILE",
      arity = "0..*",
      description = "Files to check (default: /etc/lvs-director/lvs.cf).")
  private List<Path> files = List.of();

  @Option(names = "--json", description = "Print JSON.")
  private boolean isJson;

  @Option(names = "--strict", description = "Let warnings fail too.")
  private boolean isStrict;

  @ArgGroup(exclusive = true)
  private @Nullable Form form;

  @Spec private CommandSpec spec = CommandSpec.create();

  /** What to print of a file besides its problems. */
  private static final class Form {
    @Option(
        names = "--effective",
        required = true,
        description = "Print every setting in force, defaults too, and where each comes from.")
    private boolean isEffective;

    @Option(
        names = "--canonical",
        required = true,
        description = "Print the same configuration in canonical form.")
    private boolean isCanonical;
  }

  /**
   * The JSON form of the answer.
   *
   * @param file the file
   * @param isUsable whether a daemon would take it
   * @param problems what is wrong with it
   * @param notes what to know of it
   */
  private record Checked(
      String file, boolean isUsable, List<Problem> problems, List<Problem> notes) {

    static Checked of(Path file, LvsCf.Verdict verdict) {
      return new Checked(file.toString(), verdict.isUsable(), verdict.problems(), verdict.notes());
    }

    boolean isGood(boolean isStrict) {
      return isUsable && !(isStrict && !problems.isEmpty());
    }

    List<Problem> told() {
      var told = new ArrayList<>(problems);
      told.addAll(notes);
      return told;
    }
  }

  /** The JSON form of {@code --effective}. */
  private record WithSettings(Checked checked, List<Effective.Setting> settings) {}

  /** The JSON form of {@code --canonical}; an empty text when the file has errors. */
  private record WithCanonical(Checked checked, String canonical) {}

  @Override
  public Integer call() {
    var wanted = files.isEmpty() ? List.of(INSTALLED) : files;
    var chosen = form;
    if (chosen == null) {
      return check(wanted);
    }
    if (wanted.size() > 1) {
      throw new ParameterException(
          spec.commandLine(),
          (chosen.isEffective ? "--effective" : "--canonical")
              + " prints one file, and these are "
              + wanted.size());
    }
    return chosen.isCanonical ? canonical(wanted.getFirst()) : effective(wanted.getFirst());
  }

  private int check(List<Path> wanted) {
    var checked =
        wanted.stream()
            .map(file -> Checked.of(file, ConfigFiles.check(file, HostNames.ofThisMachine())))
            .toList();
    if (isJson) {
      print(Json.text(checked));
    } else {
      checked.forEach(this::report);
    }
    return checked.stream().allMatch(one -> one.isGood(isStrict))
        ? ExitStatus.DONE
        : ExitStatus.REFUSED;
  }

  private int effective(Path file) {
    var effective = ConfigFiles.effective(file, HostNames.ofThisMachine());
    var checked = Checked.of(file, effective.verdict());
    return instead(
        checked,
        isJson ? Json.text(new WithSettings(checked, effective.settings())) : effective.text());
  }

  private int canonical(Path file) {
    var parsed = ConfigFiles.lvsCf(file, HostNames.ofThisMachine());
    var checked = Checked.of(file, parsed.verdict());
    var text = parsed.config() == null ? "" : LvsCfPrinter.print(parsed.config());
    return instead(checked, isJson ? Json.text(new WithCanonical(checked, text)) : text);
  }

  /** Prints a form of the file; its problems do not go among it. */
  private int instead(Checked checked, String text) {
    print(text);
    if (!isJson) {
      ProblemReport.print(checked.told(), Ansi.AUTO.enabled(), spec.commandLine().getErr());
    }
    return checked.isGood(isStrict) ? ExitStatus.DONE : ExitStatus.REFUSED;
  }

  private void print(String text) {
    spec.commandLine().getOut().print(text);
    spec.commandLine().getOut().flush();
  }

  private void report(Checked checked) {
    var out = spec.commandLine().getOut();
    ProblemReport.print(checked.told(), Ansi.AUTO.enabled(), out);
    if (checked.problems.isEmpty()) {
      out.println(checked.file + ": no problem found");
      out.flush();
    }
  }
}
