// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.lvsd;

/** Whether this director can forward, as far as its engine goes. */
public sealed interface Fitness {

  /** The engine works and follows. */
  record Fit() implements Fitness {
    @Override
    public String toString() {
      return "fit";
    }
  }

  /**
   * It does not.
   *
   * @param reason why, one sentence for the operator
   */
  record NotFit(String reason) implements Fitness {
    /** {@code not fit: the engine ...}. */
    @Override
    public String toString() {
      return "not fit: " + reason;
    }
  }
}
