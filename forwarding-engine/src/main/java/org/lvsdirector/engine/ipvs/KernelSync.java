// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.ipvs;

import java.util.List;
import org.lvsdirector.linux.Libc;
import org.lvsdirector.linux.LinuxException;

/**
 * The sync daemons of the network namespace of the calling thread. Every call opens a socket of its
 * own; to be called on platform threads.
 */
public final class KernelSync {
  private final Libc libc;

  /** The daemons that are reached by this C library. */
  public KernelSync(Libc libc) {
    this.libc = libc;
  }

  /**
   * How long idle flows stay, in seconds.
   *
   * @param tcp established TCP connections
   * @param udp UDP flows
   */
  public record Idle(int tcp, int udp) {}

  /** The daemons that run: none, one, or one of each state. */
  public List<KernelDaemon> daemons() throws LinuxException {
    try (var kernel = IpvsKernel.open(libc)) {
      return kernel.daemons();
    }
  }

  /** Starts a daemon. */
  public void start(KernelDaemon daemon) throws LinuxException {
    try (var kernel = IpvsKernel.open(libc)) {
      kernel.start(daemon);
    }
  }

  /** Stops a daemon. */
  public void stop(KernelDaemon.State state) throws LinuxException {
    try (var kernel = IpvsKernel.open(libc)) {
      kernel.stop(state);
    }
  }

  /** How long idle flows stay. */
  public Idle idle() throws LinuxException {
    try (var kernel = IpvsKernel.open(libc)) {
      var timeouts = kernel.timeouts();
      return new Idle(timeouts.tcp(), timeouts.udp());
    }
  }

  /** What tells the table of this process's kernel and network namespace from others. */
  public static String presentTable() {
    return OwnServices.presentTable();
  }
}
