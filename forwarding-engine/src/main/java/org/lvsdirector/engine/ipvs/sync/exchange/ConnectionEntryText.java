// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.ipvs.sync.exchange;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.IpAddress.Family;

/**
 * A line of /proc/net/ip_vs_conn, read byte by byte, since there may be a million: {@code Pro
 * FromIP FPrt ToIP TPrt DestIP DPrt State Expires}, addresses and ports in hexadecimal digits (IPv6
 * with colons), seconds in decimal ones. Pure.
 */
public final class ConnectionEntryText {
  private static final Map<String, Integer> PROTOCOLS = Map.of("TCP", 6, "UDP", 17, "SCTP", 132);
  private static final int MARK = 0;
  private static final int UNKNOWN = -1;

  private final byte[] bytes;
  private final int end;
  private int at;

  private ConnectionEntryText(byte[] bytes, int from, int end) {
    this.bytes = bytes;
    this.at = from;
    this.end = end;
  }

  /**
   * The flow in a line; null when it is none that outlives a failover: the heading, connections
   * that are being opened or closed, protocols that IPVS does not balance, addresses of two
   * families, templates of a persistence engine.
   */
  public static @Nullable ConnectionEntry line(byte[] bytes, int from, int end) {
    return new ConnectionEntryText(bytes, from, end).flow();
  }

  private @Nullable ConnectionEntry flow() {
    var protocol = word();
    var ends = new byte[3 * 18];
    var length = 0;
    for (var i = 0; i < 3; i++) {
      var address = hex(ends, length);
      var isAddress = (address == 4 || address == 16) && (address + 2) * i == length;
      if (!isAddress || hex(ends, length + address) != 2) {
        return null;
      }
      length += address + 2;
    }
    var state = word();
    var expires = number();
    if (expires < 0 || hasMore()) {
      return null;
    }
    var family = length == 3 * 6 ? Family.IPV4 : Family.IPV6;
    return flow(protocol, state, Arrays.copyOf(ends, length), family, expires);
  }

  private static @Nullable ConnectionEntry flow(
      String protocol, String state, byte[] ends, Family family, int expires) {
    var isTemplate = isTemplate(state, ends);
    var number = protocol.equals("IP") && isTemplate ? MARK : PROTOCOLS.getOrDefault(protocol, -1);
    var stateNumber = isTemplate ? templateState(state) : state(number, state);
    return number < 0 || stateNumber < 0
        ? null
        : ConnectionEntry.of(
            new ConnectionEntry.Kind(family, number, isTemplate), ends, stateNumber, expires);
  }

  /** The client of a template has no port, and it is in no state of a protocol. */
  private static boolean isTemplate(String state, byte[] ends) {
    var port = ends.length / 3 - 2;
    return ends[port] == 0 && ends[port + 1] == 0 && templateState(state) >= 0;
  }

  private static int templateState(String state) {
    return switch (state) {
      case "NONE" -> 0;
      case "ASSURED" -> 1;
      default -> UNKNOWN;
    };
  }

  /** The number of a state in which a connection lasts; include/net/ip_vs.h. */
  private static int state(int protocol, String state) {
    return switch (protocol) {
      case 6 -> state.equals("ESTABLISHED") ? 1 : UNKNOWN;
      case 17 -> state.equals("UDP") ? 0 : UNKNOWN;
      case 132 -> state.equals("ESTABLISHED") ? 8 : UNKNOWN;
      default -> UNKNOWN;
    };
  }

  private String word() {
    skipBlanks();
    var from = at;
    while (at < end && bytes[at] > ' ') {
      at++;
    }
    return new String(bytes, from, at - from, StandardCharsets.US_ASCII);
  }

  /** Reads hexadecimal digits as bytes; how many bytes, or -1 when it is something else. */
  private int hex(byte[] into, int offset) {
    skipBlanks();
    var digits = 0;
    for (; at < end && bytes[at] > ' '; at++) {
      if (bytes[at] == ':') {
        continue;
      }
      var digit = Character.digit(bytes[at], 16);
      var place = offset + digits / 2;
      if (digit < 0 || place >= into.length) {
        return -1;
      }
      into[place] = (byte) (digits % 2 == 0 ? digit << 4 : into[place] | digit);
      digits++;
    }
    return digits % 2 == 0 ? digits / 2 : -1;
  }

  private int number() {
    skipBlanks();
    var number = 0L;
    var from = at;
    for (; at < end && bytes[at] > ' '; at++) {
      var digit = bytes[at] - '0';
      if (digit < 0 || digit > 9 || number > Integer.MAX_VALUE / 10 - 1) {
        return -1;
      }
      number = number * 10 + digit;
    }
    return at == from ? -1 : (int) number;
  }

  /** What a persistence engine recognises a client by; lvs.cf names none. */
  private boolean hasMore() {
    skipBlanks();
    return at < end;
  }

  private void skipBlanks() {
    while (at < end && bytes[at] == ' ') {
      at++;
    }
  }
}
