// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.failover;

/** Words for times in nanoseconds, on the clock of all inputs. */
public final class Moment {

  /** A time that does not come. */
  public static final long NEVER = Long.MAX_VALUE;

  private Moment() {}
}
