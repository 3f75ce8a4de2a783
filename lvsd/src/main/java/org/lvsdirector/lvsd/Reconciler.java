// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.lvsd;

import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toMap;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.Config;
import org.lvsdirector.config.ServiceKey;
import org.lvsdirector.engine.EngineException;
import org.lvsdirector.engine.EngineException.Refusal;
import org.lvsdirector.engine.ForwardingEngine;
import org.lvsdirector.engine.table.Table;
import org.lvsdirector.engine.table.TableDiff;
import org.lvsdirector.engine.table.TableDraft;
import org.lvsdirector.engine.table.TableOp;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes an engine hold what is desired: compares, changes what differs and nothing else, looks
 * whether it took effect. Owned by lvsd's loop.
 *
 * <p>The engine is read whole once, and after it failed; from then on what it holds is known, and a
 * change costs what it touches. That somebody else changed the table shows in what was touched, at
 * once; elsewhere when the whole is checked, which goes service by service between the changes.
 */
final class Reconciler {
  /** Services that are looked at in one go. */
  static final int MOST_AT_ONCE = 32;

  private static final Logger LOG = LoggerFactory.getLogger(Lvsd.class);

  private final ForwardingEngine engine;
  private final Set<ServiceKey> unchecked = new LinkedHashSet<>();

  /** What the engine holds, as far as that was seen; null when it must be read. */
  private @Nullable Table held;

  private ChangeCause.@Nullable Before before;
  private Map<TableOp, String> refusedBefore = Map.of();

  /** What led to some changes. */
  private record Change(ChangeCause.@Nullable Before before, Inputs now, Table actual) {}

  /** What the engine should hold after some changes, and what it does hold where they were made. */
  private record Outcome(
      List<TableOp> changes, List<Refusal> refusals, Table expected, Table seen) {
    boolean isAsExpected() {
      return seen.equals(expected);
    }
  }

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

  /**
   * Throws what the engine throws, apart from refusals; the next attempt starts afresh. When the
   * engine turns out to hold something else than was known, that is put right as well; an engine
   * that took a change and holds what it held is left to the next attempt.
   */
  Report reconcile(Config config, Inputs inputs) {
    var known = before;
    var actual = held == null ? readWhole() : held;
    before = null;
    held = null;
    var drifted = known == null ? 0 : TableDiff.between(known.held(), actual).size();
    var planned = Planner.desired(config, inputs.health(), inputs.overrides());
    var desired = Planner.keepingUndecided(planned, actual, config, inputs.health());
    var outcome = change(desired, new Change(known, inputs, actual));
    var applied = outcome.changes.size() - outcome.refusals.size();
    if (!outcome.isAsExpected() && !outcome.seen.equals(actual)) {
      var first = outcome;
      var last = known == null ? null : new ChangeCause.Before(known.inputs(), outcome.expected);
      unchecked.addAll(outcome.expected.services().keySet());
      desired = Planner.keepingUndecided(planned, outcome.seen, config, inputs.health());
      outcome = change(desired, new Change(last, inputs, outcome.seen));
      applied += outcome.changes.size() - outcome.refusals.size();
      // What comes out the same a second time is the engine's doing, and nobody else's.
      var isDrift = outcome.changes.isEmpty() || !outcome.seen.equals(first.seen);
      drifted +=
          known == null || !isDrift ? 0 : TableDiff.between(first.expected, first.seen).size();
    }
    tellRefusals(outcome.refusals, new Change(known, inputs, actual));
    held = outcome.seen;
    before = new ChangeCause.Before(inputs, outcome.seen);
    return new Report(desired, outcome.seen, applied, outcome.refusals, drifted);
  }

  private Table readWhole() {
    unchecked.clear();
    return engine.read();
  }

  private Outcome change(Table desired, Change context) {
    var changes = TableDiff.between(context.actual, desired);
    if (changes.isEmpty()) {
      return new Outcome(changes, List.of(), context.actual, context.actual);
    }
    List<Refusal> refusals = List.of();
    try {
      engine.apply(changes);
    } catch (EngineException e) {
      refusals = e.refusals();
    }
    var refused = refusals.stream().map(Refusal::change).collect(toCollection(HashSet::new));
    var done = changes.stream().filter(change -> !refused.contains(change)).toList();
    done.forEach(
        change -> LOG.info("table {} cause={}", line(change, context), cause(change, context)));
    var odd = new HashSet<>(refused);
    var expected = after(done, context.actual, odd);
    return new Outcome(changes, refusals, expected, look(expected, touched(changes, odd)));
  }

  /** The table after changes. Those that do not fit it, though the engine made them, are odd. */
  private static Table after(List<TableOp> done, Table table, Set<TableOp> odd) {
    var draft = new TableDraft(table);
    for (var change : done) {
      try {
        draft.apply(change);
      } catch (IllegalArgumentException _) {
        odd.add(change);
      }
    }
    return draft.table();
  }

  /** What to look at after changes: all of few, or the first of many and what was odd. */
  private Set<ServiceKey> touched(List<TableOp> changes, Set<TableOp> odd) {
    var touched = new LinkedHashSet<ServiceKey>();
    for (var change : changes) {
      if (touched.size() < MOST_AT_ONCE || odd.contains(change)) {
        touched.add(change.key());
      } else if (!touched.contains(change.key())) {
        unchecked.add(change.key());
      }
    }
    unchecked.removeAll(touched);
    return touched;
  }

  private Table look(Table known, Set<ServiceKey> some) {
    var seen = engine.read(some);
    return seen.equals(known.only(some)) ? known : known.with(some, seen);
  }

  /** The engine is to be read whole before the next change. */
  void forget() {
    held = null;
    unchecked.clear();
  }

  /** Begins to check the whole table, as {@link #checkSome} goes on. */
  void beginCheck() {
    var known = held;
    if (known == null) {
      return;
    }
    held = null;
    var present = engine.services();
    var gone = new LinkedHashSet<>(known.services().keySet());
    gone.removeAll(present);
    unchecked.addAll(present);
    unchecked.removeAll(gone);
    held = gone.isEmpty() ? known : known.with(gone, Table.EMPTY);
  }

  boolean isChecking() {
    return !unchecked.isEmpty();
  }

  /**
   * Checks some services more; whether the engine holds something else than was known. Throws what
   * the engine throws; then everything is read anew.
   */
  boolean checkSome() {
    var known = held;
    var some = unchecked.stream().limit(MOST_AT_ONCE).collect(toCollection(LinkedHashSet::new));
    unchecked.removeAll(some);
    if (known == null) {
      return false;
    }
    held = null;
    var seen = look(known, some);
    held = seen;
    return !seen.equals(known);
  }

  private void tellRefusals(Collection<Refusal> refusals, Change context) {
    for (var refusal : refusals) {
      var change = refusal.change();
      if (!refusal.reason().equals(refusedBefore.get(change))) {
        LOG.warn(
            "table refused {} cause={} reason={}",
            line(change, context),
            cause(change, context),
            refusal.reason());
      }
    }
    refusedBefore = refusals.stream().collect(toMap(Refusal::change, Refusal::reason, (a, _) -> a));
  }

  private static String line(TableOp change, Change context) {
    return ChangeLine.of(change, context.actual);
  }

  private static String cause(TableOp change, Change context) {
    return ChangeCause.of(change, context.before, context.now, context.actual).word();
  }
}
