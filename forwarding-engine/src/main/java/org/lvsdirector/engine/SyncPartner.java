// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine;

import java.io.IOException;

/** The other director, for questions. */
@FunctionalInterface
public interface SyncPartner {
  /**
   * Asks and waits for the answer.
   *
   * @throws IOException when there is none
   */
  byte[] ask(byte[] question) throws IOException;
}
