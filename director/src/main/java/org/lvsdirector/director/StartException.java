package org.lvsdirector.director;

import java.io.Serial;

/** The daemon cannot start, for a reason that the operator can mend. */
final class StartException extends Exception {
  @Serial private static final long serialVersionUID = 1;

  StartException(String message) {
    super(message);
  }
}
