// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.machine;

import java.io.Serial;

/** The daemon cannot start, for a reason that the operator can mend. */
public final class StartException extends Exception {
  @Serial private static final long serialVersionUID = 1;

  public StartException(String message) {
    super(message);
  }
}
