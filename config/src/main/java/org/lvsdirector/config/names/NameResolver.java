// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config.names;

import org.lvsdirector.config.IpAddress;
import org.lvsdirector.config.IpAddress.Family;
import org.lvsdirector.config.problem.PrintableText;

/** Turns names in lvs.cf into numbers. */
public interface NameResolver {

  /** Knows no host, and the ports that IANA gave to names. Reads nothing. */
  NameResolver LITERALS_ONLY =
      new NameResolver() {
        @Override
        public Answer address(String hostName, Family preferred) {
          return new Answer.NotFound(
              PrintableText.quoted(hostName) + " is not an address",
              "names are not looked up here: write the address, such as 192.0.2.10");
        }

        @Override
        public int port(String serviceName) {
          return WellKnownPorts.port(serviceName);
        }
      };

  /** What became of a host name. */
  sealed interface Answer {
    /**
     * It has an address.
     *
     * @param address the one to use
     */
    record Found(IpAddress address) implements Answer {}

    /**
     * It has none that could be had in time, and is taken for where it was last found.
     *
     * @param address the one to use
     * @param failure why there is no newer one, and what to do
     */
    record Remembered(IpAddress address, NotFound failure) implements Answer {}

    /**
     * It has none that could be had in time.
     *
     * @param message what is wrong, one sentence that names the host
     * @param advice what to do
     */
    record NotFound(String message, String advice) implements Answer {}
  }

  /**
   * The address of a host; answers in bounded time.
   *
   * @param preferred the family to take when the host has addresses of both
   */
  Answer address(String hostName, Family preferred);

  /**
   * The port of a service such as {@code http}.
   *
   * @return -1 when the name is not known
   */
  int port(String serviceName);
}
