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
 * Virtual addresses that several hold together. What listens on an address does so before it is
 * there, where it can, and until it has gone, so that nobody is refused, only sent elsewhere. One
 * that fails keeps no other from its part.
 *
 * @param holders in the order in which they release
 * @param acquirers the same in the order in which they acquire
 */
record CompositeAddresses(List<VirtualAddresses> holders, List<VirtualAddresses> acquirers)
    implements VirtualAddresses {
  CompositeAddresses {
    holders = List.copyOf(holders);
    acquirers = List.copyOf(acquirers);
  }

  /** The kernel, where it holds addresses, and the engine, where it listens on them. */
  static CompositeAddresses of(@Nullable VirtualAddresses kernel, ForwardingEngine engine) {
    var holders = new ArrayList<VirtualAddresses>();
    if (kernel != null) {
      holders.add(kernel);
    }
    if (!(engine instanceof AddressBound bound)) {
      return new CompositeAddresses(holders, holders);
    }
    holders.add(new ListeningAddresses(bound));
    var isAhead = kernel != null && bound.listenAhead();
    return new CompositeAddresses(holders, isAhead ? holders.reversed() : holders);
  }

  /** What one of them does. */
  private interface Part {
    void of(VirtualAddresses holder) throws IOException;
  }

  private static void each(List<VirtualAddresses> holders, Part part) throws IOException {
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
    each(acquirers, holder -> holder.acquire(addresses));
  }

  @Override
  public void examine(List<VirtualAddress> addresses) throws IOException {
    each(holders, holder -> holder.examine(addresses));
  }

  @Override
  public void announce(List<VirtualAddress> addresses) throws IOException {
    each(holders, holder -> holder.announce(addresses));
  }

  @Override
  public void fallSilent() {
    holders.forEach(VirtualAddresses::fallSilent);
  }

  @Override
  public void release() throws IOException {
    each(holders, VirtualAddresses::release);
  }

  @Override
  public void rehearse(List<VirtualAddress> addresses) throws IOException {
    each(holders, holder -> holder.rehearse(addresses));
  }
}
