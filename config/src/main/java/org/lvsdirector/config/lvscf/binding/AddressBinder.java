// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config.lvscf.binding;

import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.IpAddress;
import org.lvsdirector.config.VirtualService.VirtualAddress;
import org.lvsdirector.config.lvscf.catalogue.GlobalDirectives;
import org.lvsdirector.config.lvscf.catalogue.ServiceDirectives;
import org.lvsdirector.config.lvscf.directive.AddressTypes.Mask;
import org.lvsdirector.config.lvscf.directive.AddressTypes.OnDevice;
import org.lvsdirector.config.lvscf.directive.Directive;
import org.lvsdirector.config.lvscf.directive.Values;
import org.lvsdirector.config.lvscf.syntax.Scope;
import org.lvsdirector.config.lvscf.syntax.Token;
import org.lvsdirector.config.problem.ProblemCode;
import org.lvsdirector.config.problem.Problems;

/** Joins an address with its mask. */
final class AddressBinder {
  private AddressBinder() {}

  /** The address and device of an active block; null when they are wrong, which is told. */
  static @Nullable OnDevice place(Scope scope, Values values, Token header, Problems problems) {
    var place = values.given(ServiceDirectives.ADDRESS);
    if (place == null) {
      if (values.isMissing(ServiceDirectives.ADDRESS)) {
        problems.report(
            ProblemCode.REQUIRED,
            header,
            "the " + scope.word() + " block is active and has no address",
            "add address = ADDRESS DEVICE, such as 192.0.2.80 eth0:1");
      }
      return null;
    }
    if (place.address().isUnspecified() || place.address().needsInterface()) {
      problems.report(
          ProblemCode.INVALID_ADDRESS,
          values.at(ServiceDirectives.ADDRESS, header),
          place.address() + " cannot be served",
          "write an address that clients can reach, or active = 0");
      return null;
    }
    return place;
  }

  /** The address with the mask that a directive gives, or alone in its network without one. */
  static VirtualAddress bind(
      OnDevice place, Directive<Mask> maskDirective, Values values, Problems problems) {
    var prefix = prefix(place.address(), maskDirective, values, problems);
    tellOfEdge(place.address(), prefix, values.at(maskDirective, Token.NOWHERE), problems);
    return new VirtualAddress(place.address(), prefix, place.device(), place.label());
  }

  private static void tellOfNone(
      IpAddress address, Directive<Mask> directive, Values values, Problems problems) {
    if (address.isIpv4() && !values.isMentioned(directive)) {
      var of =
          directive.equals(GlobalDirectives.NAT_NMASK)
              ? GlobalDirectives.NAT_ROUTER
              : ServiceDirectives.ADDRESS;
      problems.note(
          ProblemCode.NO_MASK,
          values.at(of, Token.NOWHERE),
          "without " + directive.word() + " the address stands alone, as /32",
          "Piranha took the mask of its class (A, B or C); write the mask of the network");
    }
  }

  /**
   * The first and the last address of an IPv4 network are no machine's, RFC 1122 section 3.2.1.3.
   */
  private static void tellOfEdge(IpAddress address, int prefix, Token mask, Problems problems) {
    if (!address.isIpv4() || prefix > 30) {
      return;
    }
    var hostBits = 0xffff_ffffL >>> prefix;
    var host = address.low() & hostBits;
    if (host == 0 || host == hostBits) {
      problems.report(
          ProblemCode.ODD_ADDRESS,
          mask,
          address
              + (host == 0 ? " is the address" : " is the broadcast address")
              + " of the whole network with a mask of /"
              + prefix,
          "write the address of one machine, or the right mask");
    }
  }

  private static int prefix(
      IpAddress address, Directive<Mask> directive, Values values, Problems problems) {
    var mask = values.given(directive);
    var alone = address.family().bits();
    if (mask == null) {
      tellOfNone(address, directive, values, problems);
      return alone;
    }
    var at = values.at(directive, values.nameOf(directive, Token.NOWHERE));
    if (!mask.fits(address)) {
      problems.report(
          ProblemCode.MIXED_FAMILIES,
          at,
          "the mask does not suit " + address,
          address.isIpv4()
              ? "write a mask such as 255.255.255.0 or /24"
              : "write the length of an IPv6 prefix, such as /64");
      return alone;
    }
    if (mask.prefix() > 0) {
      return mask.prefix();
    }
    problems.report(
        ProblemCode.NO_MASK,
        at,
        "a mask of 0 bits is taken as none at all",
        "remove it, or write the mask of the network");
    return alone;
  }
}
