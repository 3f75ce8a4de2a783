package org.lvsdirector.config;

import java.util.List;

/**
 * A whole lvs.cf that was found good: the same on both directors.
 *
 * @param pair the two directors and their heartbeats
 * @param services the active virtual services, in file order
 * @param digest identifies the meaning of the file: equal digests, equal configuration
 */
public record Config(Pair pair, List<VirtualService> services, String digest) {
  public Config {
    services = List.copyOf(services);
  }
}
