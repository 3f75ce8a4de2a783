// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.doctor;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.Config;
import org.lvsdirector.config.directorconf.DirectorConf;
import org.lvsdirector.config.lvscf.ConfigFiles;
import org.lvsdirector.director.admin.Json;
import org.lvsdirector.director.command.ConfOptions;
import org.lvsdirector.director.command.ExitStatus;
import org.lvsdirector.director.doctor.Finding.State;
import org.lvsdirector.director.machine.HostNames;
import org.lvsdirector.director.machine.PrintableWriter;
import org.lvsdirector.director.machine.ProblemReport;
import org.lvsdirector.engine.EngineKind;
import org.lvsdirector.engine.choice.Engines;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code director doctor}: says what on this machine stands in a director's way. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description = {
      "Looks at this machine as a director would need it: configuration, who may change it,"
          + " capabilities, kernel settings, links, ports, key, limits, clocks, class archives."
          + " Says how to mend what is wrong, and changes nothing. Run it as the user that the"
          + " daemon runs as.",
      "Exit status: 0 nothing stands in the way (there may be warnings), 1 something does."
    })
public final class DoctorCommand implements Callable<Integer> {
  @Mixin private ConfOptions conf = new ConfOptions();

  @Option(names = "--json", description = "Print JSON.")
  private boolean isJson;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    var findings = examine();
    var out = PrintableWriter.over(spec.commandLine().getOut());
    out.print(isJson ? Json.text(findings) : text(findings));
    out.flush();
    var isWell = findings.stream().noneMatch(finding -> finding.state() == State.FAULT);
    return isWell ? ExitStatus.DONE : ExitStatus.REFUSED;
  }

  private List<Finding> examine() {
    var findings = new ArrayList<Finding>();
    var settings = directorConf(findings);
    var engine = settings == null ? DirectorConf.EngineChoice.AUTO : settings.engine();
    var config = settings == null ? null : lvsCf(settings, findings);
    var chosen = Engines.choose(engine, config);
    var kind = chosen.kind();
    var files = new MachineFiles(Path.of("/"));
    findings.addAll(new EngineFindings(files, chosen).all());
    findings.addAll(new KernelFindings(files, kind).all());
    findings.addAll(new HashFindings(files, kind).all());
    if (settings != null) {
      findings.addAll(ofSettings(files, kind, settings, config));
    }
    var home = System.getProperty("lvs-director.home");
    if (home != null) {
      findings.addAll(new ArchiveFindings(Path.of(home)).all());
    }
    return findings;
  }

  private List<Finding> ofSettings(
      MachineFiles files, EngineKind kind, DirectorConf settings, @Nullable Config config) {
    var running = RunningFindings.ask(settings.adminSocket());
    var findings = new ArrayList<>(running.all());
    findings.addAll(new FileFindings(Path.of("/"), conf.file(), settings, config).all());
    if (config != null) {
      findings.addAll(new PairFindings(settings, config, running.isRunning()).all());
      findings.addAll(AddressFindings.ofThisMachine(config).all());
      findings.addAll(PortFindings.of(files, kind, config, running).all());
      findings.addAll(new SyncFindings(files, kind, config).all());
      findings.addAll(new HostFindings(Path.of("/"), settings, kind, config).all());
    }
    return findings;
  }

  private @Nullable DirectorConf directorConf(List<Finding> findings) {
    var file = conf.file();
    var read = conf.read(Map.of());
    findings.add(
        read.conf() == null
            ? Finding.fault(
                "director.conf", ProblemReport.summary(read.problems()), "director run prints them")
            : Finding.ok("director.conf", file == null ? "none: defaults" : file.toString()));
    return read.conf();
  }

  private static @Nullable Config lvsCf(DirectorConf settings, List<Finding> findings) {
    var file = settings.lvsCf();
    var read = ConfigFiles.lvsCf(file, HostNames.ofThisMachine());
    var summary = ProblemReport.summary(read.problems());
    if (read.config() == null) {
      findings.add(Finding.fault("lvs.cf", file + ": " + summary, "director check " + file));
    } else {
      findings.add(
          read.problems().isEmpty()
              ? Finding.ok("lvs.cf", file + ", digest " + read.config().digest())
              : Finding.warning("lvs.cf", file + ": " + summary, "director check " + file));
    }
    return read.config();
  }

  static String text(List<Finding> findings) {
    var text = new StringBuilder();
    for (var finding : findings) {
      var word =
          switch (finding.state()) {
            case OK -> "ok     ";
            case WARNING -> "WARNING";
            case FAULT -> "FAULT  ";
          };
      text.append("%s  %s: %s%n".formatted(word, finding.name(), finding.detail()));
      if (!finding.mend().isEmpty()) {
        text.append("         mend: ").append(finding.mend()).append('\n');
      }
    }
    var faults = findings.stream().filter(one -> one.state() == State.FAULT).count();
    var warnings = findings.stream().filter(one -> one.state() == State.WARNING).count();
    return text.append("%d faults, %d warnings%n".formatted(faults, warnings)).toString();
  }
}
