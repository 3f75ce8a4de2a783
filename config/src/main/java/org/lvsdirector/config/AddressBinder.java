package org.lvsdirector.config;

import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.AddressTypes.Mask;
import org.lvsdirector.config.AddressTypes.OnDevice;
import org.lvsdirector.config.VirtualService.VirtualAddress;

/** Joins an address with its mask. */
final class AddressBinder {
  private AddressBinder() {}

  /** The address and device of an active block; null when they are wrong, which is told. */
  static @Nullable OnDevice place(Scope scope, Values values, Token header, Problems problems) {
    var place = values.given(Catalogue.ADDRESS);
    if (place == null) {
      if (!values.isMentioned(Catalogue.ADDRESS)) {
        problems.report(
            ProblemCode.REQUIRED,
            header,
            "the " + scope.word() + " block is active and has no address",
            "add address = ADDRESS DEVICE, such as 192.0.2.80 eth0:1");
      }
      return null;
    }
    if (place.address().isUnspecified()) {
      problems.report(
          ProblemCode.INVALID_ADDRESS,
          values.at(Catalogue.ADDRESS, header),
          place.address() + " cannot be served",
          "write the virtual address, or active = 0");
      return null;
    }
    return place;
  }

  /** The address with the mask that a directive gives, or alone in its network without one. */
  static VirtualAddress bind(
      OnDevice place, Directive<Mask> maskDirective, Values values, Problems problems) {
    var prefix = prefix(place.address(), maskDirective, values, problems);
    return new VirtualAddress(place.address(), prefix, place.device(), place.label());
  }

  private static int prefix(
      IpAddress address, Directive<Mask> directive, Values values, Problems problems) {
    var mask = values.given(directive);
    var alone = address.family().bits();
    if (mask == null) {
      return alone;
    }
    var at = values.at(directive, values.nameOf(directive, Token.NOWHERE));
    if (!mask.fits(address)) {
      problems.report(
          ProblemCode.MIXED_FAMILIES,
          at,
          "the mask does not suit " + address,
          address.isIpv4() ? "a prefix is /0 to /32" : "write a prefix such as /64");
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
