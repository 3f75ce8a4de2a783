package org.lvsdirector.engine;

import java.util.Collection;
import org.lvsdirector.config.IpAddress;

/**
 * An engine whose sockets are bound to the virtual addresses, so that it may receive only while
 * this director holds them. Engines in the kernel are not: their addresses live on interfaces.
 */
public interface AddressBound {

  /**
   * From now on the engine listens on these virtual addresses, now and for services added later.
   * Returns when every socket is open. Repeating it is harmless.
   *
   * @throws AddressUnavailableException when a socket could not be opened; those that could stay
   *     open until {@link #release}
   */
  void acquire(Collection<IpAddress> addresses) throws AddressUnavailableException;

  /** Closes every listening socket; returns when they are closed. Repeating it is harmless. */
  void release();
}
