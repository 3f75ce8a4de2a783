// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.proxy;

import java.io.IOException;
import java.io.Serial;

/** This machine had no socket to give, as a rule for want of file descriptors. */
final class NoSocketException extends IOException {
  @Serial private static final long serialVersionUID = 1;

  NoSocketException(Throwable cause) {
    super(cause.getMessage(), cause);
  }
}
