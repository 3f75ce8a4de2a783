// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine;

/** Whether an engine works on this machine. */
public sealed interface Availability {

  /** It works. */
  record Usable() implements Availability {}

  /**
   * It does not work.
   *
   * @param reason why, and what the operator can do about it, in one sentence
   */
  record Unusable(String reason) implements Availability {}
}
