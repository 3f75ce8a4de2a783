// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.daemon;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.Config;
import org.lvsdirector.config.ConnectionSync;
import org.lvsdirector.config.directorconf.DirectorConf;
import org.lvsdirector.engine.ForwardingEngine;
import org.lvsdirector.engine.RunningSync;
import org.lvsdirector.engine.SyncStatus;
import org.lvsdirector.engine.SyncsConnections;
import org.lvsdirector.pulse.Pulse;
import org.lvsdirector.pulse.link.PartnerChannel;
import org.lvsdirector.pulse.port.Ports;
import org.lvsdirector.pulse.port.PulseSettings;
import org.lvsdirector.pulse.seal.KeyRing;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Connection sync of a running director, and the channel on which the two compare their tables. */
final class TableSync {
  private static final Logger LOG = LoggerFactory.getLogger(TableSync.class);

  private final RunningSync loop;
  private final PartnerChannel channel;

  private TableSync(
      ConnectionSync wanted, Path stateDir, PulseSettings pulse, SyncsConnections engine) {
    loop = engine.startSync(wanted, stateDir, this::ask);
    channel = PartnerChannel.open(pulse, loop::answer);
  }

  /** Opens what lvs.cf asks for; null when it asks for none, or there is nothing to be synced. */
  static @Nullable TableSync open(
      DirectorConf conf, Config config, PulseSettings pulse, ForwardingEngine engine) {
    var sync = config.global().connectionSync();
    if (sync == null) {
      return null;
    }
    if (!config.pair().isPaired() || !(engine instanceof SyncsConnections syncing)) {
      LOG.warn(
          "syncdaemon = 1 has no effect: {}",
          config.pair().isPaired()
              ? "the " + engine.name() + " engine's connections end with it"
              : "there is no backup director");
      return null;
    }
    return new TableSync(sync, conf.stateDir(), pulse, syncing);
  }

  /** Called by a thread that first waits for a role, and so for this object to be whole. */
  private byte[] ask(byte[] question) throws IOException {
    return channel.ask(question);
  }

  /** What is around pulse, with the roles of connection sync. */
  Ports around(Ports others) {
    Ports.Synchronisation roles = loop::role;
    return others.with(roles);
  }

  /** Tells pulse how far the connections are, from now on. */
  void tell(Pulse pulse) {
    loop.tell(pulse::synced);
  }

  void rekey(KeyRing keys) {
    channel.rekey(keys);
  }

  /**
   * Ends.
   *
   * @param isServing whether the kernel goes on as the active director without this process
   */
  void end(boolean isServing) {
    if (isServing) {
      loop.leave();
    } else {
      loop.close();
    }
    channel.close();
  }

  /** How it stands. */
  SyncStatus status() {
    return loop.status();
  }
}
