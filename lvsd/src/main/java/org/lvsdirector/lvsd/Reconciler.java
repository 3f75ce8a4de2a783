package org.lvsdirector.lvsd;

import static java.util.stream.Collectors.toMap;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.Config;
import org.lvsdirector.engine.EngineException;
import org.lvsdirector.engine.EngineException.Refusal;
import org.lvsdirector.engine.ForwardingEngine;
import org.lvsdirector.engine.Table;
import org.lvsdirector.engine.TableDiff;
import org.lvsdirector.engine.TableOp;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes an engine hold what is desired: reads, compares, changes what differs and nothing else,
 * reads again. Owned by lvsd's loop.
 */
final class Reconciler {
  private static final Logger log = LoggerFactory.getLogger(Lvsd.class);

  private final ForwardingEngine engine;
  private Cause.@Nullable Before before;
  private Map<TableOp, String> refusedBefore = Map.of();

  /** What led to some changes. */
  private record Change(Cause.@Nullable Before before, Inputs now, Table actual) {}

  /**
   * How it went.
   *
   * @param drifted differences that somebody else made since the last time
   */
  record Report(Table desired, Table held, int applied, List<Refusal> refusals, int drifted) {
    boolean isSettled() {
      return held.equals(desired);
    }
  }

  Reconciler(ForwardingEngine engine) {
    this.engine = engine;
  }

  /** Throws what the engine throws, apart from refusals; the next attempt starts afresh. */
  Report reconcile(Config config, Inputs inputs) {
    var actual = engine.read();
    var planned = Planner.desired(config, inputs.health(), inputs.overrides(), inputs.role());
    var desired = Planner.keepingUndecided(planned, actual, config, inputs.health());
    var drifted = before == null ? 0 : TableDiff.between(before.held(), actual).size();
    var changes = TableDiff.between(actual, desired);
    var known = before;
    before = null;
    var refusals =
        changes.isEmpty() ? List.<Refusal>of() : apply(changes, new Change(known, inputs, actual));
    var held = changes.isEmpty() ? actual : engine.read();
    before = new Cause.Before(inputs, held);
    return new Report(desired, held, changes.size() - refusals.size(), refusals, drifted);
  }

  private List<Refusal> apply(List<TableOp> changes, Change context) {
    List<Refusal> refusals = List.of();
    try {
      engine.apply(changes);
    } catch (EngineException e) {
      refusals = e.refusals();
    }
    var refused = refusals.stream().collect(toMap(Refusal::change, Refusal::reason, (a, _) -> a));
    for (var change : changes) {
      logChange(change, context, refused.get(change));
    }
    refusedBefore = refused;
    return refusals;
  }

  private void logChange(TableOp change, Change context, @Nullable String refusal) {
    var cause = Cause.of(change, context.before, context.now, context.actual).word();
    var line = ChangeLine.of(change, context.actual);
    if (refusal == null) {
      log.info("table {} cause={}", line, cause);
    } else if (!refusal.equals(refusedBefore.get(change))) {
      log.warn("table refused {} cause={} reason={}", line, cause, refusal);
    }
  }
}
