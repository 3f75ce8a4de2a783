// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.port;

import java.io.IOException;
import java.util.List;
import org.lvsdirector.config.VirtualService.VirtualAddress;

/**
 * What holds the virtual addresses of this machine. All calls come from one thread, one at a time,
 * and may block: heartbeats do not wait for them. All are idempotent.
 */
public interface VirtualAddresses {

  /**
   * Holds exactly these addresses from now on; returns when each can be reached on this machine.
   *
   * @throws IOException when one of them could not be taken, or one that is not among them could
   *     not be given up; all others are as they should. At a takeover pulse then calls {@link
   *     #release}; an active director serves the others and calls this again.
   */
  void acquire(List<VirtualAddress> addresses) throws IOException;

  /**
   * Finds out whether {@link #acquire} would succeed, as far as that can be told without it.
   * Changes nothing.
   *
   * @throws IOException when one of them could not be taken
   */
  default void examine(List<VirtualAddress> addresses) throws IOException {}

  /**
   * Tells the neighbours that these addresses are here. Also called when a rival may have told them
   * otherwise.
   */
  void announce(List<VirtualAddress> addresses) throws IOException;

  /**
   * Tells the neighbours nothing any more until the next {@link #announce}, but goes on serving:
   * somebody else has told them where the addresses are now, and {@link #release} follows.
   */
  default void fallSilent() {}

  /** Holds none from now on; returns when no packet reaches this machine through them. */
  void release() throws IOException;

  /**
   * Whether this machine has virtual addresses of an earlier process of this director, which it can
   * go on with. Asked once, before all else.
   */
  default boolean hasFound(List<VirtualAddress> addresses) {
    return false;
  }

  /**
   * Runs as much as it can of what {@link #acquire}, {@link #announce} and {@link #release} run, so
   * that their first real call is as quick as a later one. Changes nothing on this machine and
   * sends nothing. From another thread than the other methods; they do not wait for it.
   */
  default void rehearse(List<VirtualAddress> addresses) throws IOException {}
}
