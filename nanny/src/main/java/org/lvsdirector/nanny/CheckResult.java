// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.nanny;

/** What one check found out. */
public sealed interface CheckResult {

  /** How long the check took. */
  long durationNanos();

  /**
   * The server answered as it should.
   *
   * @param detail what it answered, in a few readable words
   */
  record Good(String detail, long durationNanos) implements CheckResult {}

  /**
   * The server did not answer as it should.
   *
   * @param reason why, such as {@code connection refused} or {@code no answer within 250 ms};
   *     always printable, whatever the server sent
   */
  record Bad(String reason, long durationNanos) implements CheckResult {}

  /**
   * The check could not be made for want of something on this machine, such as a file descriptor,
   * so it says nothing about the server.
   *
   * @param reason what is wanting
   */
  record Undecided(String reason, long durationNanos) implements CheckResult {}
}
