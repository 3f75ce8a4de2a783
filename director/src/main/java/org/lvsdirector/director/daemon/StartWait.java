// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.daemon;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.directorconf.DirectorConf;
import org.lvsdirector.linux.Libc;
import org.lvsdirector.pulse.addresses.AddressSettings;
import org.lvsdirector.pulse.addresses.LeftAddresses;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A start that waits for something which may come by itself. The service manager hears that the
 * process lives, the admin API tells what it waits for, the log has each reason once. What an
 * earlier daemon left on the interfaces is given up, since the partner serves by now. One thread.
 */
public final class StartWait implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StartWait.class);

  private final DirectorConf conf;
  private final SystemdNotify manager;
  private final EndpointCatalogue endpoints;
  private volatile String reason = "";
  private @Nullable SystemdWatchdog watchdog;

  /** Does not wait yet. */
  public StartWait(DirectorConf conf, SystemdNotify manager, EndpointCatalogue endpoints) {
    this.conf = conf;
    this.manager = manager;
    this.endpoints = endpoints;
  }

  /** Goes on waiting, or begins. */
  public void tell(String why) {
    if (!why.equals(reason)) {
      reason = why;
      endpoints.waitsFor(why);
      LOG.warn("cannot start yet, tried again each second: {}", why);
    }
    if (watchdog == null) {
      manager.ready();
      watchdog =
          SystemdWatchdog.start(
              manager, () -> CompletableFuture.completedFuture(null), () -> "waits: " + reason);
      release();
    }
  }

  private void release() {
    var left = new AddressSettings(List.of(), false, MachineAddresses.record(conf));
    try {
      LeftAddresses.release(Libc.system(), left)
          .forEach(line -> LOG.warn("removed {}, which an earlier daemon had left", line));
    } catch (IOException unknown) {
      LOG.warn("cannot look for addresses that an earlier daemon left: {}", unknown.toString());
    }
  }

  /** What it waited for is there. */
  public void tellEnd() {
    if (watchdog != null) {
      LOG.info("starts now: what it waited for is there");
    }
  }

  /** Waits no more. */
  @Override
  public void close() {
    if (watchdog != null) {
      watchdog.close();
      watchdog = null;
    }
  }
}
