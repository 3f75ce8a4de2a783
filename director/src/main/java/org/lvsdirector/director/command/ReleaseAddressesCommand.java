// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.command;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.lvsdirector.config.VirtualService.VirtualAddress;
import org.lvsdirector.config.directorconf.DirectorConf;
import org.lvsdirector.config.lvscf.ConfigFiles;
import org.lvsdirector.director.admin.AdminServer;
import org.lvsdirector.director.daemon.MachineAddresses;
import org.lvsdirector.director.machine.HostNames;
import org.lvsdirector.director.machine.ProblemReport;
import org.lvsdirector.linux.Libc;
import org.lvsdirector.pulse.addresses.AddressSettings;
import org.lvsdirector.pulse.addresses.LeftAddresses;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code director release-addresses}: removes what a dead daemon left on the interfaces. */
@Command(
    name = "release-addresses",
    mixinStandardHelpOptions = true,
    description = {
      "Removes the virtual addresses that a daemon which died has left on this machine's"
          + " interfaces, so that it answers for them no longer. Asks nothing over the network.",
      "Removed is what the director has marked or recorded as its own, and every virtual address of"
          + " lvs.cf on its device. Refused while a daemon runs.",
      "Exit status: 0 none is left, 1 refused, or some could not be removed."
    })
public final class ReleaseAddressesCommand implements Callable<Integer> {
  @Mixin private ConfOptions conf = new ConfOptions();

  @Option(
      names = "--set",
      paramLabel = "NAME=VALUE",
      description = "Overrides a setting of director.conf; may be repeated.")
  private Map<String, String> overrides = new LinkedHashMap<>();

  @Option(names = "--force", description = "Also while a daemon runs, which may put them back.")
  private boolean isForced;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    var parsed = conf.read(overrides);
    var err = spec.commandLine().getErr();
    var settings = parsed.conf();
    if (settings == null) {
      ProblemReport.print(parsed.problems(), Ansi.AUTO.enabled(), err);
      return ExitStatus.REFUSED;
    }
    try (var _ = keepOut(settings)) {
      release(settings);
      return ExitStatus.DONE;
    } catch (IOException e) {
      err.println("director: " + e.getMessage());
      return ExitStatus.REFUSED;
    }
  }

  private Closeable keepOut(DirectorConf settings) throws IOException {
    if (isForced) {
      return () -> {};
    }
    try {
      return AdminServer.keepOut(settings.adminSocket());
    } catch (IOException e) {
      throw new IOException("addresses stay: " + e.getMessage() + " (--force releases them)", e);
    }
  }

  private void release(DirectorConf settings) throws IOException {
    var record = MachineAddresses.record(settings);
    var wanted = new AddressSettings(virtuals(settings.lvsCf()), false, record);
    var removed = LeftAddresses.release(Libc.system(), wanted);
    var out = spec.commandLine().getOut();
    removed.forEach(line -> out.println("removed " + line));
    out.flush();
  }

  /** None when lvs.cf cannot be read: what is marked or recorded is removed all the same. */
  private List<VirtualAddress> virtuals(Path file) {
    var read = ConfigFiles.lvsCf(file, HostNames.ofThisMachine());
    var config = read.config();
    if (config != null) {
      return config.heldAddresses();
    }
    ProblemReport.print(read.problems(), Ansi.AUTO.enabled(), spec.commandLine().getErr());
    return List.of();
  }
}
