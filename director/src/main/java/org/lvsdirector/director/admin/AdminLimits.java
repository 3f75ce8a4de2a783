// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.admin;

import java.time.Duration;

/**
 * What the admin API gives to whoever may use its socket.
 *
 * @param connections at a time; a further one is answered 503
 * @param asking how long a request may take to arrive
 * @param answers made or under way at a time, but for those to orders; a further one waits, and is
 *     answered 503 when it has waited for as long as {@code asking}
 * @param taking how long an answer may take to be read
 */
record AdminLimits(int connections, Duration asking, int answers, Duration taking) {
  /** Far above what operators, metrics and scripts need. */
  static final AdminLimits USUAL =
      new AdminLimits(32, Duration.ofSeconds(5), 8, Duration.ofSeconds(30));

  /** The header of a request; none has a body. */
  static final int REQUEST_LINE_BYTES = 1024;

  /** All of its fields. */
  static final int FIELDS_BYTES = 8192;
}
