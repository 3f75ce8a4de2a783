// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config.lvscf.directive;

import java.time.Duration;
import java.util.Map;
import org.lvsdirector.config.ForwardingMethod;
import org.lvsdirector.config.Worded;
import org.lvsdirector.config.lvscf.directive.AddressTypes.AddressType;
import org.lvsdirector.config.lvscf.directive.AddressTypes.MaskType;
import org.lvsdirector.config.lvscf.directive.AddressTypes.OnDeviceType;
import org.lvsdirector.config.lvscf.directive.NumberTypes.BoolType;
import org.lvsdirector.config.lvscf.directive.NumberTypes.SwitchType;
import org.lvsdirector.config.lvscf.directive.WordTypes.KeywordType;
import org.lvsdirector.config.lvscf.directive.WordTypes.PayloadType;
import org.lvsdirector.config.lvscf.directive.WordTypes.TextType;

/** What many directives take, and the bounds of it. */
public final class CatalogueTypes {
  /** The longest time that Piranha's 32-bit seconds could hold. */
  public static final Duration LONGEST = Duration.ofSeconds(Integer.MAX_VALUE);

  public static final Duration MICRO = Duration.ofNanos(1_000);
  public static final Duration SECOND = Duration.ofSeconds(1);
  public static final long INT_MAX = Integer.MAX_VALUE;
  public static final String OURS = "lvs-director";

  public static final BoolType BOOL = new BoolType();
  public static final SwitchType SWITCH = new SwitchType();
  public static final MaskType MASK = new MaskType();
  public static final PayloadType PAYLOAD = new PayloadType();
  public static final TextType TEXT = new TextType("text");
  public static final TextType COMMAND = new TextType("command, in quotes");
  public static final AddressType DIRECTOR = new AddressType(false);
  public static final AddressType ANY_ADDRESS = new AddressType(true);
  public static final ServerAddressType SERVER_ADDRESS = new ServerAddressType();
  public static final OnDeviceType ON_DEVICE = new OnDeviceType();

  public static final KeywordType<ForwardingMethod> METHOD =
      new KeywordType<>(
          Worded.byWord(ForwardingMethod.values()),
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
