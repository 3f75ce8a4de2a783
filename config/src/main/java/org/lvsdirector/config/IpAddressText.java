// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config;

import org.jspecify.annotations.Nullable;

/** Address literals: reads RFC 4291 section 2.2, writes RFC 5952. */
final class IpAddressText {
  private static final int GROUPS = 8;

  private IpAddressText() {}

  static @Nullable IpAddress parse(String text) {
    if (text.length() > 45) {
      return null;
    }
    if (text.indexOf(':') >= 0) {
      return parseIpv6(text);
    }
    var bits = parseIpv4(text);
    return bits < 0 ? null : new IpAddress(IpAddress.Family.IPV4, 0, bits);
  }

  static String format(IpAddress address) {
    return address.isIpv4() ? formatIpv4(address.low()) : formatIpv6(address);
  }

  /** Returns the 32 bits, or -1. */
  private static long parseIpv4(String text) {
    var bits = 0L;
    var start = 0;
    for (var i = 0; i < 4; i++) {
      var end = i < 3 ? text.indexOf('.', start) : text.length();
      var value = end - start > 3 ? -1 : number(text, start, end, 10);
      if (value < 0 || value > 255 || end - start > 1 && text.charAt(start) == '0') {
        return -1;
      }
      bits = bits << 8 | value;
      start = end + 1;
    }
    return bits;
  }

  private static @Nullable IpAddress parseIpv6(String text) {
    var gap = text.indexOf("::");
    if (gap < 0) {
      var groups = groups(text);
      return groups != null && groups.length == GROUPS ? ofGroups(groups) : null;
    }
    if (text.indexOf("::", gap + 1) >= 0) {
      return null;
    }
    var head = gap == 0 ? new int[0] : groups(text.substring(0, gap));
    var tail = gap == text.length() - 2 ? new int[0] : groups(text.substring(gap + 2));
    if (head == null || tail == null || head.length + tail.length >= GROUPS) {
      return null;
    }
    if (gap > 0 && text.substring(0, gap).indexOf('.') >= 0) {
      return null;
    }
    var all = new int[GROUPS];
    System.arraycopy(head, 0, all, 0, head.length);
    System.arraycopy(tail, 0, all, GROUPS - tail.length, tail.length);
    return ofGroups(all);
  }

  /** The 16-bit groups of colon-separated text, whose last part may be a dotted quad. */
  private static int @Nullable [] groups(String text) {
    var parts = text.split(":", -1);
    var hasQuad = parts[parts.length - 1].indexOf('.') >= 0;
    var count = parts.length + (hasQuad ? 1 : 0);
    if (count > GROUPS) {
      return null;
    }
    var groups = new int[count];
    for (var i = 0; i < parts.length; i++) {
      if (hasQuad && i == parts.length - 1) {
        var quad = parseIpv4(parts[i]);
        if (quad < 0) {
          return null;
        }
        groups[i] = (int) (quad >>> 16);
        groups[i + 1] = (int) (quad & 0xffff);
      } else {
        groups[i] = parts[i].length() > 4 ? -1 : number(parts[i], 0, parts[i].length(), 16);
        if (groups[i] < 0) {
          return null;
        }
      }
    }
    return groups;
  }

  private static IpAddress ofGroups(int[] groups) {
    var high = 0L;
    var low = 0L;
    for (var i = 0; i < 4; i++) {
      high = high << 16 | groups[i];
      low = low << 16 | groups[i + 4];
    }
    return new IpAddress(IpAddress.Family.IPV6, high, low);
  }

  /** A few ASCII digits, at least one, as a number; -1 for others. */
  private static int number(String text, int start, int end, int radix) {
    if (start >= end) {
      return -1;
    }
    var value = 0;
    for (var i = start; i < end; i++) {
      var c = text.charAt(i);
      var digit = c < 128 ? Character.digit(c, radix) : -1;
      if (digit < 0) {
        return -1;
      }
      value = value * radix + digit;
    }
    return value;
  }

  private static String formatIpv4(long bits) {
    return (bits >>> 24)
        + "."
        + (bits >>> 16 & 255)
        + "."
        + (bits >>> 8 & 255)
        + "."
        + (bits & 255);
  }

  private static String formatIpv6(IpAddress address) {
    var groups = new int[GROUPS];
    for (var i = 0; i < 4; i++) {
      groups[i] = (int) (address.high() >>> (48 - 16 * i) & 0xffff);
      groups[i + 4] = (int) (address.low() >>> (48 - 16 * i) & 0xffff);
    }
    if (address.high() == 0 && groups[4] == 0 && groups[5] == 0xffff) {
      return "::ffff:" + formatIpv4(address.low() & 0xffffffffL);
    }
    var gapStart = -1;
    var gapLength = 1;
    for (var i = 0; i < GROUPS; i++) {
      var end = i;
      while (end < GROUPS && groups[end] == 0) {
        end++;
      }
      if (end - i > gapLength) {
        gapStart = i;
        gapLength = end - i;
      }
      i = Math.max(i, end - 1);
    }
    var text = new StringBuilder(39);
    for (var i = 0; i < GROUPS; i++) {
      if (i == gapStart) {
        text.append("::");
        i += gapLength - 1;
      } else {
        if (!text.isEmpty() && text.charAt(text.length() - 1) != ':') {
          text.append(':');
        }
        text.append(Integer.toHexString(groups[i]));
      }
    }
    return text.toString();
  }
}
