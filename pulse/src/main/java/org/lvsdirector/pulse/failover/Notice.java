// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.failover;

/**
 * Something that an operator wants to be told.
 *
 * @param kind what it is about
 * @param text the words
 */
public record Notice(Kind kind, String text) {

  /** What a notice is about. */
  public enum Kind {
    /** This node has another role; no notice is given on the way to a role. */
    ROLE,
    /** The partner was active too and is not any more; this node stayed. */
    STILL_ACTIVE,
    /** The partner has another lvs.cf. */
    CONFIG_MISMATCH,
    /** An effect fails again and again; it is tried on. */
    NOT_DONE
  }
}
