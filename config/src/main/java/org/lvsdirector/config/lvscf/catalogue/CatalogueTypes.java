// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config.lvscf.catalogue;

import static org.lvsdirector.config.lvscf.catalogue.CatalogueWords.choice;

import java.time.Duration;
import java.util.Map;
import org.lvsdirector.config.ForwardingMethod;
import org.lvsdirector.config.lvscf.catalogue.AddressTypes.AddressType;
import org.lvsdirector.config.lvscf.catalogue.AddressTypes.MaskType;
import org.lvsdirector.config.lvscf.catalogue.AddressTypes.OnDeviceType;
import org.lvsdirector.config.lvscf.catalogue.NumberTypes.BoolType;
import org.lvsdirector.config.lvscf.catalogue.NumberTypes.SwitchType;
import org.lvsdirector.config.lvscf.catalogue.WordTypes.KeywordType;
import org.lvsdirector.config.lvscf.catalogue.WordTypes.PayloadType;
import org.lvsdirector.config.lvscf.catalogue.WordTypes.TextType;

/** What many directives take, and the bounds of it. */
final class CatalogueTypes {
  /** The longest time that Piranha's 32-bit seconds could hold. */
  static final Duration LONGEST = Duration.ofSeconds(Integer.MAX_VALUE);

  static final Duration MICRO = Duration.ofNanos(1_000);
  static final Duration SECOND = Duration.ofSeconds(1);
  static final long INT_MAX = Integer.MAX_VALUE;
  static final String OURS = "lvs-director";

  static final BoolType BOOL = new BoolType();
  static final SwitchType SWITCH = new SwitchType();
  static final MaskType MASK = new MaskType();
  static final PayloadType PAYLOAD = new PayloadType();
  static final TextType TEXT = new TextType("text");
  static final TextType COMMAND = new TextType("command, in quotes");
  static final AddressType DIRECTOR = new AddressType(false);
  static final AddressType ANY_ADDRESS = new AddressType(true);
  static final OnDeviceType ON_DEVICE = new OnDeviceType();

  static final KeywordType<ForwardingMethod> METHOD =
      new KeywordType<>(
          choice(
              "nat", ForwardingMethod.NAT,
              "direct", ForwardingMethod.DIRECT_ROUTING,
              "tunnel", ForwardingMethod.TUNNELLING),
          Map.of(
              "masq",
              "write nat",
              "dr",
              "write direct",
              "tun",
              "write tunnel",
              "ipip",
              "write tunnel"));

  private CatalogueTypes() {}
}
