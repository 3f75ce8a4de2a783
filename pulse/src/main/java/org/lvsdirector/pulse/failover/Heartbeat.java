// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.failover;

import java.util.Set;
import org.lvsdirector.config.Pair.Node;
import org.lvsdirector.config.Role;

/**
 * What a director tells its partner several times a second, the same on every link.
 *
 * @param node which of the two sends
 * @param bootId the sender's incarnation: a new one at each start, never reused
 * @param sequence counts the heartbeats of one incarnation; each has its own, from 1 on
 * @param term the term the sender claims with or, when it holds nothing, the highest it knows
 * @param role what the sender is; ACTIVE only while it holds the addresses
 * @param isFit whether the sender could serve
 * @param priority the sender's place in the configuration, 0 is preferred
 * @param hearsLinks one bit for each link on which the sender heard its partner within deadtime,
 *     the lowest for the first link
 * @param flags more facts about the sender
 * @param configDigest identifies the sender's lvs.cf
 * @param reason why the sender is unfit or refuses; empty when it does not
 * @param syncPosition how far the sender's connection table is
 */
public record Heartbeat(
    Node node,
    long bootId,
    long sequence,
    long term,
    Role role,
    boolean isFit,
    int priority,
    int hearsLinks,
    Set<Flag> flags,
    String configDigest,
    String reason,
    long syncPosition) {

  /** The most characters of {@link #configDigest} and of {@link #reason}. */
  public static final int MAX_TEXT = 120;

  /**
   * The highest term that is believed, and claimed with: half of what there is room for. A thousand
   * takeovers a second would need millions of years.
   */
  public static final long MAX_TERM = 1L << 61;

  /** A fact that is either there or not. */
  public enum Flag {
    /** The sender is about to stop and will not take over any more. */
    LEAVING,
    /** The receiver shall release: the sender claims, or has claimed, with this term. */
    STOP,
    /** The sender is active and wants the receiver to take over. */
    OFFERS,
    /** The sender is standby and wants the role. */
    REQUESTS,
    /** The request is the primary's own, by failback, and no operator's. */
    FAILBACK,
    /** The sender does not do what the receiver offers or requests; {@link #reason} says why. */
    REFUSES,
    /** The sender has the lease of the witness. */
    GRANTED,
    /** The sender reaches no ping target. */
    CUT_OFF,
    /** The sender has all connections of the receiver. */
    IN_SYNC,
    /** The sender has just started, found the addresses in place and will resume. */
    HOLDING
  }

  public Heartbeat {
    flags = Set.copyOf(flags);
    configDigest = printable(configDigest);
    reason = printable(reason);
  }

  /** Whether a fact is there. */
  public boolean has(Flag flag) {
    return flags.contains(flag);
  }

  /** Whether the sender is about to stop. */
  public boolean isLeaving() {
    return flags.contains(Flag.LEAVING);
  }

  /** Cuts to {@link #MAX_TEXT} characters and replaces what is not printable ASCII. */
  private static String printable(String text) {
    var cut = text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) : text;
    return isPrintable(cut) ? cut : cut.replaceAll("[^ -~]", "?");
  }

  private static boolean isPrintable(String text) {
    for (var i = 0; i < text.length(); i++) {
      if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
        return false;
      }
    }
    return true;
  }
}
