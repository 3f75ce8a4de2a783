package org.lvsdirector.config;

import org.jspecify.annotations.Nullable;

/** Turns names in lvs.cf into numbers. */
public interface NameResolver {

  /** Knows no host, and the ports of {@link WellKnownPorts}. Reads nothing. */
  NameResolver LITERALS_ONLY =
      new NameResolver() {
        @Override
        public @Nullable IpAddress address(String hostName) {
          return null;
        }

        @Override
        public int port(String serviceName) {
          return WellKnownPorts.port(serviceName);
        }
      };

  /**
   * The address of a host.
   *
   * @return null when the name is not known
   */
  @Nullable IpAddress address(String hostName);

  /**
   * The port of a service such as {@code http}.
   *
   * @return -1 when the name is not known
   */
  int port(String serviceName);
}
