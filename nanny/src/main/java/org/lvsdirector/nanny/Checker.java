// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.nanny;

import org.lvsdirector.config.CheckSettings;
import org.lvsdirector.config.Endpoint;

/** Checks a server once. Called by many virtual threads at the same time. */
interface Checker extends AutoCloseable {

  /**
   * Checks a server; takes no longer than the timeout.
   *
   * @throws InterruptedException at once when the thread is interrupted
   */
  CheckResult check(Endpoint server, CheckSettings settings) throws InterruptedException;

  /** Frees what the checks share. */
  @Override
  default void close() {}
}
