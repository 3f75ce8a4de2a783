// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.machine;

import java.io.Serial;

/** The daemon cannot start, for a reason that the operator can mend. */
public final class StartException extends Exception {
  @Serial private static final long serialVersionUID = 1;

  private final boolean isPassing;

  public StartException(String message) {
    this(message, false);
  }

  private StartException(String message, boolean isPassing) {
    super(message);
    this.isPassing = isPassing;
  }

  /** For a reason that may pass by itself, such as an address that comes later. */
  public static StartException passing(String message) {
    return new StartException(message, true);
  }

  /** Whether another try may find it gone. */
  public boolean isPassing() {
    return isPassing;
  }
}
