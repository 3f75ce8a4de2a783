// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config;

/** What a director is to its partner at this moment. */
public enum Role {
  /** Just started: listens for the partner before anything else. */
  STARTING,
  /** Holds no virtual address, ready to take over. */
  STANDBY,
  /** Is taking the addresses over. */
  CLAIMING,
  /** Holds the virtual addresses and forwards. */
  ACTIVE,
  /** Is giving the addresses up. */
  YIELDING,
  /** An operator said standby: never takes over by itself. */
  MAINTENANCE,
  /** Unfit: may not take over. */
  FAULT
}
