// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.daemon;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.lvsdirector.config.Config;
import org.lvsdirector.config.directorconf.DirectorConf;
import org.lvsdirector.engine.EngineKind;
import org.lvsdirector.engine.KernelNeed;
import org.lvsdirector.engine.KernelState;
import org.lvsdirector.engine.ipvs.OwnServices;
import org.lvsdirector.linux.KeptSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The kernel settings that a running director needs, where director.conf leaves them to it: set
 * while this is open, and put back when it is closed.
 */
public final class KernelSettings implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(KernelSettings.class);
  private static final Path SYSCTLS = Path.of("/proc/sys");

  private final KernelState state;
  private final KeptSettings kept;
  private final boolean isKeeping;

  KernelSettings(Path sysctls, KeptSettings kept, boolean isKeeping) {
    state = new KernelState(sysctls);
    this.kept = kept;
    this.isKeeping = isKeeping;
  }

  /**
   * Sets them, and puts back what an earlier daemon has set and this one does not need.
   *
   * @param kind what forwards packets
   * @param isKeeping whether they stay for the next daemon
   */
  public static KernelSettings set(
      DirectorConf conf, Config config, EngineKind kind, boolean isKeeping) {
    var notes = conf.stateDir().resolve("host-settings");
    var kept = new KeptSettings(SYSCTLS, notes, OwnServices.presentTable());
    var settings = new KernelSettings(SYSCTLS, kept, isKeeping);
    settings.set(kind.isSettingNeeds(conf) ? kind.needs(config) : List.of());
    return settings;
  }

  /** What another lvs.cf needs besides. */
  public void reconfigure(DirectorConf conf, Config fresh, EngineKind kind) {
    if (kind.isSettingNeeds(conf)) {
      kind.needs(fresh).stream().filter(KernelNeed::isSettable).forEach(this::set);
    }
  }

  /** What cannot be set is logged, and left. */
  void set(List<KernelNeed> needs) {
    needs.stream().filter(KernelNeed::isSettable).forEach(this::set);
    log(kept.putBackLeftovers());
  }

  private void set(KernelNeed need) {
    var isRightOtherwise =
        state.isRight(need) && state.present(need).filter(need.value()::equals).isEmpty();
    if (isRightOtherwise) {
      return;
    }
    try {
      kept.set(need.path(), need.value())
          .ifPresent(change -> LOG.info("{}: otherwise {}", change, need.otherwise()));
    } catch (IOException e) {
      LOG.warn("kernel setting left alone: {}", e.getMessage());
    }
  }

  @Override
  public void close() {
    if (!isKeeping) {
      log(kept.putBack());
    }
  }

  private static void log(KeptSettings.PutBack back) {
    back.changes().forEach(change -> LOG.info("{}, as it was", change));
    back.problems().forEach(LOG::warn);
  }
}
