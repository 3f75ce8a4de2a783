// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.failover;

import static org.lvsdirector.config.Role.ACTIVE;
import static org.lvsdirector.config.Role.CLAIMING;
import static org.lvsdirector.config.Role.FAULT;
import static org.lvsdirector.config.Role.MAINTENANCE;
import static org.lvsdirector.config.Role.STANDBY;
import static org.lvsdirector.config.Role.STARTING;
import static org.lvsdirector.config.Role.YIELDING;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.lvsdirector.config.Role;

/** Every change of role that there is, with its possible causes: the one list of them. */
public final class TransitionTable {

  private static final Set<Cause> CLAIMS =
      EnumSet.of(
          Cause.UNPAIRED,
          Cause.PARTNER_SILENT,
          Cause.PARTNER_ABSENT,
          Cause.PARTNER_LEAVING,
          Cause.PARTNER_UNFIT,
          Cause.PARTNER_CUT_OFF,
          Cause.PARTNER_RESTARTED,
          Cause.PARTNER_HESITATES,
          Cause.PARTNER_STUCK,
          Cause.PREFERRED);

  private static final Set<Cause> OUTRANKED =
      EnumSet.of(
          Cause.OUTRANKED_BY_WITNESS,
          Cause.OUTRANKED_BY_FITNESS,
          Cause.OUTRANKED_BY_REACHABILITY,
          Cause.OUTRANKED_BY_TERM,
          Cause.OUTRANKED_BY_CONFIGURATION);

  private static final Set<Cause> ABANDONED =
      with(
          OUTRANKED,
          Cause.PARTNER_ACTIVE,
          Cause.PARTNER_ANNOUNCES,
          Cause.OFFER_WITHDRAWN,
          Cause.CUT_OFF,
          Cause.WITNESS_REFUSED,
          Cause.WITNESS_SILENT,
          Cause.STALLED,
          Cause.STOP_REQUESTED);

  /** The rows, in the order in which a director usually goes through them. */
  public static final List<Row> ROWS =
      List.of(
          row(STARTING, STANDBY, Set.of(Cause.LISTENED, Cause.PARTNER_ACTIVE)),
          row(STARTING, CLAIMING, with(CLAIMS, Cause.RESUMED)),
          row(
              STARTING,
              YIELDING,
              Set.of(
                  Cause.PARTNER_ACTIVE,
                  Cause.OUTRANKED_BY_TERM,
                  Cause.ORDERED,
                  Cause.UNFIT,
                  Cause.STOP_REQUESTED)),
          row(STARTING, FAULT, Set.of(Cause.UNFIT)),
          row(STARTING, MAINTENANCE, Set.of(Cause.ORDERED)),
          row(STANDBY, CLAIMING, with(CLAIMS, Cause.HANDOVER)),
          row(STANDBY, FAULT, Set.of(Cause.UNFIT)),
          row(STANDBY, MAINTENANCE, Set.of(Cause.ORDERED)),
          row(CLAIMING, ACTIVE, Set.of(Cause.ACQUIRED)),
          row(CLAIMING, STANDBY, ABANDONED),
          row(CLAIMING, FAULT, Set.of(Cause.UNFIT)),
          row(
              CLAIMING,
              YIELDING,
              with(ABANDONED, Cause.UNFIT, Cause.ACQUIRE_FAILED, Cause.ACQUIRE_TIMEOUT)),
          row(
              ACTIVE,
              YIELDING,
              with(
                  OUTRANKED,
                  Cause.HANDED_OVER,
                  Cause.TOLD_TO_STOP,
                  Cause.RIVAL_DEAF,
                  Cause.PARTNER_ANNOUNCES,
                  Cause.LEASE_LOST,
                  Cause.UNFIT,
                  Cause.CUT_OFF,
                  Cause.STOP_REQUESTED)),
          row(YIELDING, STANDBY, Set.of(Cause.RELEASED)),
          row(YIELDING, FAULT, Set.of(Cause.RELEASED)),
          row(YIELDING, MAINTENANCE, Set.of(Cause.RELEASED)),
          row(FAULT, STANDBY, Set.of(Cause.FIT, Cause.RETRY)),
          row(FAULT, MAINTENANCE, Set.of(Cause.ORDERED)),
          row(MAINTENANCE, STANDBY, Set.of(Cause.ORDERED)),
          row(MAINTENANCE, FAULT, Set.of(Cause.ORDERED)));

  private TransitionTable() {}

  /**
   * One change of role.
   *
   * @param from the role before
   * @param to the role after
   * @param causes why it can happen
   */
  public record Row(Role from, Role to, Set<Cause> causes) {
    public Row {
      causes = Set.copyOf(causes);
    }
  }

  /** Whether the table has this change for this cause. */
  public static boolean allows(Transition transition) {
    return ROWS.stream()
        .anyMatch(
            row ->
                row.from() == transition.from()
                    && row.to() == transition.to()
                    && row.causes().contains(transition.cause()));
  }

  private static Set<Cause> with(Set<Cause> causes, Cause... more) {
    var all = EnumSet.copyOf(causes);
    all.addAll(List.of(more));
    return all;
  }

  private static Row row(Role from, Role to, Set<Cause> causes) {
    return new Row(from, to, causes);
  }
}
