// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.daemon;

import java.io.IOException;
import java.util.List;
import org.lvsdirector.config.VirtualService.VirtualAddress;
import org.lvsdirector.engine.AddressBound;
import org.lvsdirector.pulse.port.VirtualAddresses;

/**
 * Virtual addresses on which an engine listens.
 *
 * @param engine the engine
 */
record ListeningAddresses(AddressBound engine) implements VirtualAddresses {
  @Override
  public void acquire(List<VirtualAddress> addresses) throws IOException {
    engine.acquire(addresses.stream().map(VirtualAddress::address).toList());
  }

  @Override
  public void examine(List<VirtualAddress> addresses) throws IOException {
    engine.examine(addresses.stream().map(VirtualAddress::address).toList());
  }

  /** Whoever puts the addresses on this machine tells the neighbours. */
  @Override
  public void announce(List<VirtualAddress> addresses) {}

  @Override
  public void release() {
    engine.release();
  }

  @Override
  public void rehearse(List<VirtualAddress> addresses) throws IOException {
    engine.rehearse();
  }
}
