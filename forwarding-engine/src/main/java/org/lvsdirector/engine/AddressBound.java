// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine;

import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import org.lvsdirector.config.IpAddress;
import org.lvsdirector.config.ServiceKey;

/**
 * An engine whose sockets are bound to the virtual addresses, so that it may receive only while
 * this director holds them. Engines in the kernel are not: their addresses live on interfaces.
 */
public interface AddressBound {

  /**
   * From now on the engine listens on exactly these virtual addresses, for the services that are
   * there and for those added later. Returns when every socket that can be opened is open. A socket
   * that cannot be opened does not keep the others from serving: the engine tries it again by
   * itself, about once a second, and {@link #unheard} names it. Repeating the call is harmless.
   *
   * @throws AddressUnavailableException when there was something to listen on and not one socket
   *     could be opened
   */
  void acquire(Collection<IpAddress> addresses) throws AddressUnavailableException;

  /**
   * Finds out whether {@link #acquire} would succeed, as far as that can be told while the
   * addresses may be elsewhere. Changes nothing.
   *
   * @throws AddressUnavailableException when there is something to listen on and another process
   *     has all of it
   */
  void examine(Collection<IpAddress> addresses) throws AddressUnavailableException;

  /** Closes every listening socket; returns when they are closed. Repeating it is harmless. */
  void release();

  /**
   * Runs what a first {@link #acquire} runs, so that the real one is quick: opens and closes
   * sockets that nobody knows of. Changes nothing else. From any thread; the other methods do not
   * wait for it.
   */
  void rehearse() throws IOException;

  /**
   * Runs an action should a thread that forwards end by itself, which only a defect can bring
   * about: what it forwarded stands still, and the engine is of no more use.
   */
  void onDeath(Runnable action);

  /** The services that should be listened on now and are not, each with the reason. */
  Map<ServiceKey, String> unheard();
}
