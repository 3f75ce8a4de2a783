// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.ipvs.sync;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.lvsdirector.config.Endpoint;
import org.lvsdirector.engine.SyncPartner;
import org.lvsdirector.engine.ipvs.sync.exchange.Exchange;
import org.lvsdirector.engine.ipvs.sync.exchange.Exchange.Compared;
import org.lvsdirector.engine.ipvs.sync.exchange.Exchange.Declined;
import org.lvsdirector.engine.ipvs.sync.exchange.Exchange.Digests;
import org.lvsdirector.engine.ipvs.sync.exchange.Exchange.Hashes;
import org.lvsdirector.engine.ipvs.sync.exchange.Exchange.Verdict;
import org.lvsdirector.engine.ipvs.sync.exchange.Exchange.Wanted;
import org.lvsdirector.engine.ipvs.sync.exchange.Held;
import org.lvsdirector.engine.table.Table;

/**
 * The standby's side: asks the active director how far this machine's connections are. Owned by one
 * thread.
 *
 * <p>The kernel binds a connection to its server when it is told of it; a server that comes later
 * is not bound. So connections to a server that is new here are asked for again.
 */
final class Asking {
  private static final int MAX_CHUNKS = 100_000;

  /** Two million bytes in a second. */
  private static final long NANOS_PER_BYTE = 500;

  private final SecureRandom random = new SecureRandom();
  private final Tables tables;
  private final SyncPartner partner;
  private Set<Endpoint> known = Set.of();
  private long session;
  private int round;

  Asking(Tables tables, SyncPartner partner) {
    this.tables = tables;
    this.partner = partner;
  }

  /** Begins a run of comparisons. */
  void begin() {
    session = random.nextLong();
    round = 0;
  }

  /**
   * Compares once.
   *
   * @throws IOException when the partner does not answer, or declines
   */
  Verdict compare() throws IOException {
    var table = tables.table();
    var servers = servers(table);
    var fresh = new HashSet<>(servers);
    fresh.removeAll(known);
    if (!fresh.isEmpty()) {
      begin();
    }
    var seed = random.nextLong();
    var held = new Held(hashes(table, fresh, seed));
    round++;
    var verdict = converse(new Digests(session, round, seed, held.buckets()), held);
    known = servers;
    return verdict;
  }

  private static Set<Endpoint> servers(Table table) {
    return table.services().values().stream()
        .flatMap(service -> service.servers().keySet().stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  private long[] hashes(Table table, Set<Endpoint> fresh, long seed) throws IOException {
    var lives = tables.lifetimes(table);
    var hashes = new ArrayList<Long>();
    tables.flows(
        flow -> {
          if (lives.isThere(flow) && !isTo(fresh, flow.server())) {
            hashes.add(flow.hash(seed));
          }
        });
    return hashes.stream().mapToLong(Long::longValue).toArray();
  }

  private static boolean isTo(Set<Endpoint> servers, Endpoint server) {
    return !servers.isEmpty()
        && (servers.contains(server) || servers.contains(new Endpoint(server.address(), 0)));
  }

  private Verdict converse(Digests digests, Held held) throws IOException {
    Exchange question = digests;
    for (var i = 0; i < MAX_CHUNKS; i++) {
      switch (ask(question)) {
        case Compared(var verdict) -> {
          return verdict;
        }
        case Wanted(var buckets) -> question = new Hashes(held.of(distinct(buckets)));
        case Declined(var reason) -> throw new IOException("the partner declines: " + reason);
        case Digests _, Hashes _ -> throw new IOException("the partner asks back");
      }
    }
    throw new IOException("the partner asks without end");
  }

  private static List<Integer> distinct(List<Integer> buckets) {
    return buckets.stream().distinct().toList();
  }

  /** One question at a time, and slowly: heartbeats may go the same way. */
  private Exchange ask(Exchange question) throws IOException {
    var bytes = Exchange.encode(question);
    var answer = partner.ask(bytes);
    LockSupport.parkNanos((bytes.length + answer.length) * NANOS_PER_BYTE);
    try {
      return Exchange.decode(answer);
    } catch (IllegalArgumentException e) {
      throw new IOException("the partner's answer makes no sense: " + e.getMessage(), e);
    }
  }
}
