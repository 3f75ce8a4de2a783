// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.command;

/** The exit statuses of the command. */
public final class ExitStatus {
  public static final int DONE = 0;
  public static final int REFUSED = 1;
  static final int USAGE = 2;
  static final int NO_DAEMON = 3;

  private ExitStatus() {}
}
