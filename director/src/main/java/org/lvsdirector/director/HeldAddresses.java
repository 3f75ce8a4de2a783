package org.lvsdirector.director;

import java.io.IOException;
import java.util.List;
import org.lvsdirector.config.VirtualService.VirtualAddress;
import org.lvsdirector.engine.AddressBound;
import org.lvsdirector.engine.ForwardingEngine;
import org.lvsdirector.pulse.VirtualAddresses;

/**
 * The virtual addresses of this machine: an engine whose sockets are bound to them is told when it
 * may listen. The addresses themselves are expected to be local, as all of 127.0.0.0/8 is.
 */
final class HeldAddresses implements VirtualAddresses {
  private final ForwardingEngine engine;

  HeldAddresses(ForwardingEngine engine) {
    this.engine = engine;
  }

  @Override
  public void acquire(List<VirtualAddress> addresses) throws IOException {
    if (engine instanceof AddressBound bound) {
      bound.acquire(addresses.stream().map(VirtualAddress::address).toList());
    }
  }

  @Override
  public void announce(List<VirtualAddress> addresses) {
    // Nobody caches a link-layer address for a loopback address.
  }

  @Override
  public void release() {
    if (engine instanceof AddressBound bound) {
      bound.release();
    }
  }
}
