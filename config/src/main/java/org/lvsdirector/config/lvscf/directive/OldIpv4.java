// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config.lvscf.directive;

import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.IpAddress;

/**
 * The address forms of inet_aton(3) beyond four plain decimal octets: fewer parts, of which the
 * last fills the rest, and parts in hexadecimal or octal.
 */
final class OldIpv4 {
  private OldIpv4() {}

  static @Nullable IpAddress parse(String text) {
    if (text.length() > 50) {
      return null;
    }
    var parts = text.split("\\.", -1);
    if (parts.length > 4) {
      return null;
    }
    var bits = 0L;
    for (var i = 0; i < parts.length; i++) {
      var number = parts[i].startsWith("+") ? null : Numbers.read(parts[i]);
      var width = i < parts.length - 1 ? 8 : 32 - 8 * i;
      if (number == null || number.value() < 0 || number.value() >>> width != 0) {
        return null;
      }
      bits = bits << width | number.value();
    }
    return IpAddress.ofIpv4((int) bits);
  }
}
