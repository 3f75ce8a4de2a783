// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine;

import java.io.Serial;

/** The engine that was asked for does not work on this machine. */
public final class EngineUnavailableException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  /** Names the engine and the reason. */
  public EngineUnavailableException(String message) {
    super(message);
  }
}
