// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.daemon;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.VirtualService.VirtualAddress;
import org.lvsdirector.engine.AddressBound;
import org.lvsdirector.engine.ForwardingEngine;
import org.lvsdirector.pulse.port.VirtualAddresses;

/**
 * Virtual addresses that several hold together, each after the one before it: what listens on an
 * address can do so only once it is there, and listens until it has gone, so that nobody is
 * refused, only sent elsewhere. One that fails keeps no other from its part.
 *
 * @param holders in the order in which they acquire and release
 */
record CompositeAddresses(List<VirtualAddresses> holders) implements VirtualAddresses {
  CompositeAddresses {
    holders = List.copyOf(holders);
  }

  /** The kernel, where it holds addresses, and the engine, where it listens on them. */
  static CompositeAddresses of(@Nullable VirtualAddresses kernel, ForwardingEngine engine) {
    var holders = new ArrayList<VirtualAddresses>();
    if (kernel != null) {
      holders.add(kernel);
    }
    if (engine instanceof AddressBound bound) {
      holders.add(new ListeningAddresses(bound));
    }
    return new CompositeAddresses(holders);
  }

  /** What one of them does. */
  private interface Part {
    void of(VirtualAddresses holder) throws IOException;
  }

  private void each(Part part) throws IOException {
    Exception first = null;
    for (var holder : holders) {
      try {
        part.of(holder);
      } catch (IOException | RuntimeException e) {
        if (first == null) {
          first = e;
        } else {
          first.addSuppressed(e);
        }
      }
    }
    switch (first) {
      case null -> {}
      case IOException e -> throw e;
      case RuntimeException e -> throw e;
      default -> throw new AssertionError(first);
    }
  }

  @Override
  public boolean hasFound(List<VirtualAddress> addresses) {
    return holders.stream().anyMatch(holder -> holder.hasFound(addresses));
  }

  @Override
  public void acquire(List<VirtualAddress> addresses) throws IOException {
    each(holder -> holder.acquire(addresses));
  }

  @Override
  public void examine(List<VirtualAddress> addresses) throws IOException {
    each(holder -> holder.examine(addresses));
  }

  @Override
  public void announce(List<VirtualAddress> addresses) throws IOException {
    each(holder -> holder.announce(addresses));
  }

  @Override
  public void fallSilent() {
    holders.forEach(VirtualAddresses::fallSilent);
  }

  @Override
  public void release() throws IOException {
    each(VirtualAddresses::release);
  }

  @Override
  public void rehearse(List<VirtualAddress> addresses) throws IOException {
    each(holder -> holder.rehearse(addresses));
  }
}
