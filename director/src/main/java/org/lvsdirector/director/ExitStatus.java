package org.lvsdirector.director;

/** The exit statuses of the command. */
final class ExitStatus {
  static final int DONE = 0;
  static final int REFUSED = 1;
  static final int USAGE = 2;
  static final int NO_DAEMON = 3;

  private ExitStatus() {}
}
