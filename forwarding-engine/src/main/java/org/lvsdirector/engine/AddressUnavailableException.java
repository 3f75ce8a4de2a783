// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine;

import java.io.IOException;
import java.io.Serial;

/** No virtual address could be listened on, for example because another process does. */
public final class AddressUnavailableException extends IOException {
  @Serial private static final long serialVersionUID = 1;

  /** Names the sockets and the reasons. */
  public AddressUnavailableException(String message) {
    super(message);
  }
}
