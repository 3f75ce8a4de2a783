// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.ipvs.sync;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.engine.ipvs.sync.exchange.Comparison;
import org.lvsdirector.engine.ipvs.sync.exchange.ConnectionEntry;
import org.lvsdirector.engine.ipvs.sync.exchange.Exchange;
import org.lvsdirector.engine.ipvs.sync.exchange.Exchange.Compared;
import org.lvsdirector.engine.ipvs.sync.exchange.Exchange.Declined;
import org.lvsdirector.engine.ipvs.sync.exchange.Exchange.Digests;
import org.lvsdirector.engine.ipvs.sync.exchange.Exchange.Hashes;
import org.lvsdirector.engine.ipvs.sync.exchange.Exchange.Verdict;
import org.lvsdirector.engine.ipvs.sync.exchange.Exchange.Wanted;
import org.lvsdirector.engine.ipvs.sync.exchange.Lifetimes;
import org.lvsdirector.engine.ipvs.sync.exchange.MissingConnections;
import org.lvsdirector.engine.ipvs.sync.exchange.Owners;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The active director's side: compares its connections with what the standby says it has, and sends
 * what is missing to the standby's kernel. Answers one question at a time, on the thread that asks.
 */
final class Answering {
  private static final Logger LOG = LoggerFactory.getLogger(Answering.class);

  /** More are sent after the next comparison; they take a little more than half a second. */
  static final int MAX_SENT_AT_ONCE = 50_000;

  private final ReentrantLock lock = new ReentrantLock();
  private final Tables tables;
  private final AtomicLong sent = new AtomicLong();
  private MissingConnections missing = new MissingConnections();
  private @Nullable Comparison running;
  private @Nullable Lifetimes lifetimes;
  private long session;
  private volatile boolean isForgotten;
  private volatile @Nullable Seen latest;

  /** The verdict and when it was found. */
  record Seen(Verdict verdict, long atNanos) {}

  Answering(Tables tables) {
    this.tables = tables;
  }

  /** The latest verdict; null for none. */
  @Nullable Seen latest() {
    return latest;
  }

  /** How many connections were sent. */
  long sent() {
    return sent.get();
  }

  /** Forgets what was: the partner begins anew. Does not wait for an answer under way. */
  void forget() {
    isForgotten = true;
    latest = null;
  }

  Exchange answer(Exchange question) throws IOException {
    lock.lock();
    try {
      if (isForgotten) {
        isForgotten = false;
        missing = new MissingConnections();
        running = null;
      }
      return switch (question) {
        case Digests digests -> begin(digests);
        case Hashes(var hashes) -> {
          var comparison = running;
          if (comparison == null) {
            yield new Declined("no comparison is under way");
          }
          comparison.take(hashes);
          yield go(comparison);
        }
        case Wanted _, Compared _, Declined _ -> new Declined("that is no question");
      };
    } finally {
      lock.unlock();
    }
  }

  private Exchange begin(Digests digests) throws IOException {
    var lives = tables.lifetimes();
    var flows = new ArrayList<ConnectionEntry>();
    tables.flows(
        flow -> {
          if (lives.isWanted(flow)) {
            flows.add(flow);
          }
        });
    lifetimes = lives;
    session = digests.session();
    var comparison = new Comparison(flows, digests);
    running = comparison;
    return go(comparison);
  }

  private Exchange go(Comparison comparison) throws IOException {
    var wanted = comparison.wanted();
    return wanted.isEmpty() ? new Compared(finish(comparison)) : new Wanted(wanted);
  }

  private Verdict finish(Comparison comparison) throws IOException {
    running = null;
    var lacking = comparison.missing();
    var nowNanos = System.nanoTime();
    var overdue = missing.overdue(session, lacking, nowNanos);
    var now = overdue.subList(0, Math.min(overdue.size(), MAX_SENT_AT_ONCE));
    var verdict =
        new Verdict(
            comparison.total(),
            lacking.size(),
            overdue.size(),
            TimeUnit.NANOSECONDS.toMillis(missing.oldestNanos(nowNanos)),
            now.size());
    if (!isForgotten) {
      latest = new Seen(verdict, nowNanos);
    }
    send(now);
    return verdict;
  }

  private void send(List<ConnectionEntry> flows) throws IOException {
    var lives = lifetimes;
    if (flows.isEmpty() || lives == null) {
      return;
    }
    var owners = new Owners(tables.table());
    tables.send(flows.stream().map(flow -> owners.entry(flow, lives.seconds(flow))).toList());
    sent.addAndGet(flows.size());
    LOG.debug("sent {} connections that the partner lacked", flows.size());
  }
}
