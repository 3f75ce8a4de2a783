// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine;

/** What only some engines can; an engine that can it implements the interface that goes with it. */
public enum Capability {
  /** It forwards in this process, ends with it, and needs no privileges. */
  LISTENING(
      AddressBound.class, "listens on the virtual addresses itself, in this process, unprivileged"),
  /** Everything in its table can be shown, also what other tools made. */
  LISTING(Listing.class, "shows its table and its connections (`director table`)"),
  /** Its connections survive a failover. */
  CONNECTION_SYNC(
      SyncsConnections.class, "keeps connections over a failover (`syncdaemon = 1` in lvs.cf)");

  private final Class<?> part;
  private final String text;

  Capability(Class<?> part, String text) {
    this.part = part;
    this.text = text;
  }

  /** What an engine that can it implements. */
  public Class<?> part() {
    return part;
  }

  /** What it is for an operator: what follows "it". */
  public String text() {
    return text;
  }
}
