// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config.names;

import java.util.HashMap;
import java.util.Map;

/** The ports of named services, from a text in the form of services(5). */
public final class ServiceNames {
  private static final int MAX_NAMES = 100_000;
  private static final int MAX_PORT = 65535;

  private final Map<String, Integer> ports;

  private ServiceNames(Map<String, Integer> ports) {
    this.ports = ports;
  }

  /**
   * Reads lines {@code name port/protocol alias...}; what is no such line is left out.
   *
   * <p>Where the protocols disagree, TCP comes first, then UDP: Piranha asked for TCP only.
   */
  public static ServiceNames parse(String text) {
    Map<String, Integer> ports = new HashMap<>();
    for (var protocol : new String[] {"tcp", "udp", "sctp"}) {
      text.lines()
          .takeWhile(_ -> ports.size() < MAX_NAMES)
          .forEach(line -> add(line, protocol, ports));
    }
    return new ServiceNames(ports);
  }

  private static void add(String line, String protocol, Map<String, Integer> ports) {
    var hash = line.indexOf('#');
    var words = (hash < 0 ? line : line.substring(0, hash)).strip().split("\\s+");
    if (words.length < 2 || !words[1].endsWith("/" + protocol)) {
      return;
    }
    var digits = words[1].substring(0, words[1].indexOf('/'));
    var isNumber = digits.length() <= 5 && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    var port = isNumber && !digits.isEmpty() ? Integer.parseInt(digits) : 0;
    if (port < 1 || port > MAX_PORT) {
      return;
    }
    ports.putIfAbsent(words[0], port);
    for (var i = 2; i < words.length; i++) {
      ports.putIfAbsent(words[i], port);
    }
  }

  /**
   * The port of a service, or else the one that IANA gave the name.
   *
   * @return -1 when neither is known
   */
  public int port(String serviceName) {
    var port = ports.get(serviceName);
    return port == null ? WellKnownPorts.port(serviceName) : port;
  }
}
