// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.ipvs.sync;

import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.lvsdirector.config.ConnectionSync;
import org.lvsdirector.engine.ipvs.KernelDaemon;
import org.lvsdirector.engine.ipvs.KernelDaemon.State;
import org.lvsdirector.engine.ipvs.KernelSync;
import org.lvsdirector.engine.ipvs.sync.exchange.DaemonPlan;
import org.lvsdirector.linux.Libc;
import org.lvsdirector.linux.LinkName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the kernel's sync daemons those that shall run. For one thread. */
final class Daemons {
  private static final Logger LOG = LoggerFactory.getLogger(Daemons.class);

  private final KernelSync kernel;
  private final ConnectionSync sync;
  private final SyncNotes notes;
  private volatile Set<State> running = Set.of();

  Daemons(KernelSync kernel, ConnectionSync sync, SyncNotes notes) {
    this.kernel = kernel;
    this.sync = sync;
    this.notes = notes;
  }

  /** The daemons that the kernel ran when last asked. Any thread. */
  Set<State> running() {
    return running;
  }

  /**
   * Makes these run, and no others of this director's.
   *
   * @return why they do not run as they should; empty when they do
   */
  String run(Set<State> states) throws IOException {
    var wanted =
        new DaemonPlan.Wanted(LinkName.present(Libc.system(), sync.device()), sync.id(), states);
    var plan = DaemonPlan.of(wanted, kernel.daemons(), notes.daemons());
    for (var step : plan.steps()) {
      carryOut(step);
    }
    var present = kernel.daemons();
    running = states(present);
    var left = DaemonPlan.of(wanted, present, notes.daemons());
    return left.steps().isEmpty() ? left.problem() : "the kernel did not keep its sync daemon";
  }

  private static Set<State> states(List<KernelDaemon> present) {
    var states = EnumSet.noneOf(State.class);
    present.forEach(daemon -> states.add(daemon.state()));
    return Set.copyOf(states);
  }

  private void carryOut(DaemonPlan.Step step) throws IOException {
    switch (step) {
      case DaemonPlan.Step.Start(var daemon) -> {
        notes.started(daemon.state());
        kernel.start(daemon);
        LOG.info(
            "sync daemon {} started on {} with id {}",
            DaemonPlan.word(daemon.state()),
            daemon.device(),
            daemon.id());
      }
      case DaemonPlan.Step.Stop(var state) -> {
        kernel.stop(state);
        notes.stopped(state);
        LOG.info("sync daemon {} stopped", DaemonPlan.word(state));
      }
    }
  }
}
