// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.linux;

/**
 * An address of a network interface.
 *
 * @param address the address itself
 * @param peer the address at the other end of a point-to-point link; else the address again
 * @param prefix the prefix length of its network
 * @param linkIndex the interface
 * @param label its alias name, such as {@code eth0:1}; empty for IPv6, which has none
 * @param scope RT_SCOPE_UNIVERSE and others of linux/rtnetlink.h
 * @param flags IFA_F_NODAD and others of linux/if_addr.h
 * @param protocol who added it, as far as it said so; 0 for nobody, and before Linux 5.18
 * @param life how long it lasts
 */
public record InterfaceAddress(
    HostAddress address,
    HostAddress peer,
    int prefix,
    int linkIndex,
    String label,
    int scope,
    int flags,
    int protocol,
    Life life) {

  /** linux/rtnetlink.h RT_SCOPE_UNIVERSE: valid everywhere. */
  public static final int EVERYWHERE = 0;

  /** linux/rtnetlink.h RT_SCOPE_HOST: valid on this machine only. */
  public static final int THIS_HOST = 254;

  /** linux/if_addr.h IFA_F_SECONDARY: another address of its network was there first. */
  public static final int SECONDARY = 0x01;

  /** linux/if_addr.h IFA_F_NODAD: not asked for on the link before it is used. */
  public static final int NO_DUPLICATE_DETECTION = 0x02;

  /** linux/if_addr.h IFA_F_DADFAILED: another machine has it, so it is not used. */
  public static final int DUPLICATE = 0x08;

  /** linux/if_addr.h IFA_F_TENTATIVE: not used yet. */
  public static final int TENTATIVE = 0x40;

  /** linux/if_addr.h IFA_F_NOPREFIXROUTE: its network has no route because of it. */
  public static final int NO_PREFIX_ROUTE = 0x200;

  /** Flags that only the kernel sets. */
  static final int STATE_FLAGS = SECONDARY | DUPLICATE | 0x20 | TENTATIVE | 0x80;

  /**
   * How long an address lasts.
   *
   * @param validSeconds how long it is there; -1 for ever
   * @param preferredSeconds how long it is taken as a sender where another one would do; -1 for
   *     ever
   */
  public record Life(int validSeconds, int preferredSeconds) {
    /** For ever. */
    public static final Life FOREVER = new Life(-1, -1);

    /** For ever, but never taken as a sender where another one would do. */
    public static final Life FOREVER_DEPRECATED = new Life(-1, 0);
  }

  /** Whether another address of its network was there first. */
  public boolean isSecondary() {
    return (flags & SECONDARY) != 0;
  }

  /** Whether this machine answers for it. */
  public boolean isUsable() {
    return (flags & (DUPLICATE | TENTATIVE)) == 0;
  }
}
