package org.lvsdirector.engine;

import java.io.IOException;
import java.io.Serial;

/** A virtual address could not be listened on, for example because another process does. */
public final class AddressUnavailableException extends IOException {
  @Serial private static final long serialVersionUID = 1;

  /** Names the socket and the reason. */
  public AddressUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
