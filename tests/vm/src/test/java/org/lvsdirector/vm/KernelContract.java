// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.vm;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.lvsdirector.config.SchedulerName;
import org.lvsdirector.engine.ForwardingEngine;
import org.lvsdirector.engine.ForwardingEngineContract;
import org.lvsdirector.engine.ipvs.IpvsEngine;
import org.lvsdirector.engine.ipvs.IpvsSettings;
import org.lvsdirector.engine.ipvs.IpvsSettings.Adoption;
import org.lvsdirector.engine.ipvs.sync.SyncLoop;
import org.lvsdirector.engine.table.Tables;
import org.lvsdirector.linux.Libc;

/** The contract of engines, to be kept by the kernel. */
@OnTheGuestsTable
@OnEveryKernel
abstract class KernelContract extends ForwardingEngineContract {
  @TempDir private Path state;

  /** What the kernel is to hold, with every scheduler that there is. */
  abstract Tables wanted();

  @Override
  protected final Tables tables() {
    return Guest.hasModule("ip_vs_twos") ? wanted() : wanted().without(SchedulerName.TWOS);
  }

  @Override
  protected ForwardingEngine open() {
    Guest.run("ipvsadm", "-C");
    var settings = new IpvsSettings(Adoption.OWN, state.resolve("services"));
    return IpvsEngine.open(settings, Libc.system(), SyncLoop::start);
  }
}
