package org.lvsdirector.config;

import org.lvsdirector.config.Problem.Place;

/** What a problem can point at. */
interface Located {
  /**
   * Where it stands.
   *
   * @param mainFile the file that is meant when it stands nowhere
   */
  Place place(String mainFile);
}
