// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.daemon;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.Config;
import org.lvsdirector.config.directorconf.DirectorConf;
import org.lvsdirector.config.problem.Problem;
import org.lvsdirector.config.problem.Problem.Severity;
import org.lvsdirector.config.problem.ProblemCode;
import org.lvsdirector.director.machine.HostNames;
import org.lvsdirector.director.machine.NameMemory;
import org.lvsdirector.director.machine.StartException;

/**
 * The lvs.cf with which a director starts, read as often as the start is tried. One that has no
 * fault but hosts without an address is waited for; any other with errors is refused. One thread.
 */
public final class StartFile {
  private final DirectorConf conf;
  private final Consumer<List<Problem>> printer;
  private HostNames names;
  private @Nullable Config config;
  private List<Problem> problems = List.of();

  /**
   * Not read yet.
   *
   * @param printer prints what there is to tell of the file, each time it differs
   */
  public StartFile(DirectorConf conf, Consumer<List<Problem>> printer) {
    this.conf = conf;
    this.printer = printer;
    names = HostNames.ofThisMachine(NameMemory.in(conf.stateDir()));
  }

  /** Reads it. */
  public void read() {
    var reading = new LvsCfReader(conf.lvsCf()).read(names);
    names = reading.names();
    var read = reading.parsed();
    config = read.config();
    var all = Stream.concat(read.problems().stream(), read.notes().stream()).toList();
    if (!all.equals(problems)) {
      problems = all;
      printer.accept(all);
    }
  }

  /** Whether only an operator can make it right. */
  public boolean isRefused() {
    return config == null && !errors().allMatch(StartFile::isUnknownHost);
  }

  /**
   * What it says.
   *
   * @throws StartException when a host in it has no address yet, which may pass
   */
  public Config config() throws StartException {
    var good = config;
    if (good == null) {
      var first = errors().findFirst().orElseThrow();
      throw StartException.passing(
          "%s:%d: %s".formatted(first.at().file(), first.at().line(), first.message()));
    }
    return good;
  }

  /** With which it was read. */
  public HostNames names() {
    return names;
  }

  private Stream<Problem> errors() {
    return problems.stream().filter(problem -> problem.severity() == Severity.ERROR);
  }

  private static boolean isUnknownHost(Problem problem) {
    return problem.code().equals(ProblemCode.UNKNOWN_HOST.code());
  }
}
