// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config.problem;

import org.lvsdirector.config.problem.Problem.Place;

/** What a problem can point at. */
public interface Located {
  /**
   * Where it stands.
   *
   * @param mainFile the file that is meant when it stands nowhere
   */
  Place place(String mainFile);
}
