package org.lvsdirector.pulse;

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
 * @param reason why the sender is unfit; empty when it is fit
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
    String reason) {

  /** The most characters of {@link #configDigest} and of {@link #reason}. */
  public static final int MAX_TEXT = 120;

  /** The highest term there can be; a thousand takeovers a second would need millions of years. */
  public static final long MAX_TERM = 1L << 62;

  /** A fact that is either there or not. */
  public enum Flag {
    /** The sender is about to stop and will not take over any more. */
    LEAVING
  }

  public Heartbeat {
    flags = Set.copyOf(flags);
    configDigest = printable(configDigest);
    reason = printable(reason);
  }

  /** Whether the sender is about to stop. */
  public boolean isLeaving() {
    return flags.contains(Flag.LEAVING);
  }

  /** Cuts to {@link #MAX_TEXT} characters and replaces what is not printable ASCII. */
  private static String printable(String text) {
    var cut = text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) : text;
    var isClean = cut.chars().allMatch(c -> c >= ' ' && c <= '~');
    return isClean ? cut : cut.replaceAll("[^ -~]", "?");
  }
}
