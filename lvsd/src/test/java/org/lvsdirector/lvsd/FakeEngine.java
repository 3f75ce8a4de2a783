// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.lvsd;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.GlobalSettings;
import org.lvsdirector.config.ServiceKey;
import org.lvsdirector.engine.Availability;
import org.lvsdirector.engine.EngineException;
import org.lvsdirector.engine.EngineException.Refusal;
import org.lvsdirector.engine.EngineStats;
import org.lvsdirector.engine.ForwardingEngine;
import org.lvsdirector.engine.table.Table;
import org.lvsdirector.engine.table.TableDraft;
import org.lvsdirector.engine.table.TableOp;

/** An engine that forwards nothing: holds a table, and fails where a test wants it to. */
final class FakeEngine implements ForwardingEngine {
  final List<TableOp> applied = new CopyOnWriteArrayList<>();
  volatile Availability availability = new Availability.Usable();
  volatile @Nullable RuntimeException failure;
  volatile boolean isClosed;

  /** What was read alone. */
  final List<ServiceKey> looked = new CopyOnWriteArrayList<>();

  /** How often everything was read. */
  final AtomicInteger reads = new AtomicInteger();

  /** What becomes of a table that it takes over. */
  volatile UnaryOperator<Table> keeping = UnaryOperator.identity();

  /** The reason for refusing a change; null for none. */
  volatile Function<TableOp, @Nullable String> refusing = _ -> null;

  private volatile Table table;

  FakeEngine() {
    this(Table.EMPTY);
  }

  FakeEngine(Table table) {
    this.table = table;
  }

  @Override
  public String name() {
    return "fake";
  }

  @Override
  public void timeouts(GlobalSettings global) {}

  @Override
  public Availability availability() {
    return availability;
  }

  @Override
  public Table read() {
    reads.incrementAndGet();
    fail();
    return table;
  }

  @Override
  public Set<ServiceKey> services() {
    fail();
    return table.services().keySet();
  }

  @Override
  public Table read(Set<ServiceKey> some) {
    fail();
    looked.addAll(some);
    return table.only(some);
  }

  @Override
  public void apply(List<TableOp> changes) {
    fail();
    var draft = new TableDraft(table);
    var refusals = new ArrayList<Refusal>();
    for (var change : changes) {
      try {
        var reason = refusing.apply(change);
        if (reason != null) {
          throw new IllegalArgumentException(reason);
        }
        draft.apply(change);
        applied.add(change);
      } catch (IllegalArgumentException e) {
        refusals.add(new Refusal(change, String.valueOf(e.getMessage())));
      }
    }
    table = keeping.apply(draft.table());
    if (!refusals.isEmpty()) {
      throw new EngineException(refusals);
    }
  }

  private void fail() {
    var present = failure;
    if (present != null) {
      throw present;
    }
  }

  /** Somebody else changes the engine. */
  void tamper(Table other) {
    table = other;
  }

  Table held() {
    return table;
  }

  @Override
  public EngineStats stats() {
    return EngineStats.NONE;
  }

  @Override
  public void close() {
    isClosed = true;
  }
}
