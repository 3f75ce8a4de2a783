// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine;

import java.util.Map;
import org.lvsdirector.config.Config;
import org.lvsdirector.config.ForwardingMethod;
import org.lvsdirector.config.IpAddress.Family;

/**
 * Something of the kernel without which an engine serves its clients badly, or not at all. Pure.
 *
 * @param sort what it is
 * @param name of a setting the dotted name, of a module the name of its file
 * @param value what a setting must be, numbers parted by one blank; empty when anything will do
 * @param otherwise what happens without it; where anything will do, what the values mean
 * @param isVital whether some service does not work at all without it
 * @param when which lvs.cf needs it
 */
public record KernelNeed(
    Sort sort, String name, String value, String otherwise, boolean isVital, When when) {
  private static final String ALL_RP_FILTER = "net.ipv4.conf.all.rp_filter";
  private static final String STRICT = "1";

  /** What every engine needs on a machine with several networks. */
  public static final KernelNeed LOOSE_REVERSE_PATH =
      setting(
          ALL_RP_FILTER,
          "2",
          "where it or a device's own is 1, what comes another way than its answer would go is"
              + " dropped: clients and heartbeats on a machine with several networks");

  /** What is needed. */
  public enum Sort {
    SETTING,
    MODULE
  }

  /** Which lvs.cf needs it. */
  public enum When {
    ALWAYS("always"),
    NAT_IPV4("for real servers with IPv4 behind NAT"),
    NAT_IPV6("for real servers with IPv6 behind NAT"),
    CONNECTION_SYNC("for connection sync, and set whenever it runs");

    private final String text;

    When(String text) {
      this.text = text;
    }

    /** For an operator. */
    public String text() {
      return text;
    }

    /** Whether this lvs.cf is one of them. */
    public boolean isIn(Config config) {
      return switch (this) {
        case ALWAYS -> true;
        case NAT_IPV4 -> hasNat(config, Family.IPV4);
        case NAT_IPV6 -> hasNat(config, Family.IPV6);
        case CONNECTION_SYNC -> config.global().connectionSync() != null;
      };
    }

    private static boolean hasNat(Config config, Family family) {
      return config.services().stream()
          .flatMap(service -> service.servers().stream())
          .anyMatch(
              server ->
                  server.method() == ForwardingMethod.NAT
                      && server.endpoint().address().family() == family);
    }
  }

  /** A setting that every lvs.cf needs, without which the engine serves, but badly. */
  public static KernelNeed setting(String name, String value, String otherwise) {
    return new KernelNeed(Sort.SETTING, name, value, otherwise, false, When.ALWAYS);
  }

  /** A module without which there is no such engine. */
  public static KernelNeed module(String name, String otherwise) {
    return new KernelNeed(Sort.MODULE, name, "", otherwise, true, When.ALWAYS);
  }

  /** The same need, of some lvs.cf only. */
  public KernelNeed when(When other, boolean isThenVital) {
    return new KernelNeed(sort, name, value, otherwise, isThenVital, other);
  }

  /** Whether it is a setting that a running director may set, where director.conf leaves it to. */
  public boolean isSettable() {
    return sort == Sort.SETTING && !value.isEmpty() && !isSetByEngine();
  }

  /** Whether the engine sets it itself, whatever director.conf says. */
  public boolean isSetByEngine() {
    return when == When.CONNECTION_SYNC;
  }

  /**
   * Whether a setting is as it must be.
   *
   * @param present what it is
   * @param devices its values for each device, where there are such; only for rp_filter, whose
   *     effective value is the higher one of {@code all} and the device's
   */
  public boolean isRight(String present, Map<String, String> devices) {
    if (value.isEmpty() || present.equals(value)) {
      return true;
    }
    return name.equals(ALL_RP_FILTER)
        && !present.equals(STRICT)
        && !devices.values().contains(STRICT);
  }

  /** Where a setting is below {@code /proc/sys}. */
  public String path() {
    return name.replace('.', '/');
  }
}
