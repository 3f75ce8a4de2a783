// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.schedule;

import java.util.Set;
import org.lvsdirector.config.SchedulerFlag;
import org.lvsdirector.config.SchedulerName;

/** Makes schedulers. */
public final class Schedulers {
  private Schedulers() {}

  /**
   * A scheduler without servers.
   *
   * @param flags heeded by sh and mh, without meaning for the others
   */
  public static Scheduler create(SchedulerName name, Set<SchedulerFlag> flags) {
    return switch (name) {
      case RR -> new RoundRobin();
      case WRR -> new WeightedRoundRobin();
      case LC -> new LeastConnection();
      case WLC -> new WeightedLeastConnection();
      case LBLC -> new LocalityLeastConnection();
      case LBLCR -> new LocalityReplicated();
      case DH -> new DestinationHashing();
      case SH -> new SourceHashing(flags);
      case SED -> new ShortestExpectedDelay();
      case NQ -> new NeverQueue();
      case MH -> new MaglevHashing(flags);
      case FO -> new WeightedFailover();
      case OVF -> new WeightedOverflow();
      case TWOS -> new TwoChoices();
    };
  }
}
