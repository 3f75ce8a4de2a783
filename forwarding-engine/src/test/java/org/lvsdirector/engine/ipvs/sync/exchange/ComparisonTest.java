// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.ipvs.sync.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.lvsdirector.engine.ipvs.sync.exchange.Exchange.Digests;
import org.lvsdirector.engine.ipvs.sync.exchange.Exchange.Hashes;
import org.lvsdirector.engine.ipvs.sync.exchange.Exchange.Wanted;

class ComparisonTest {
  private int asked;

  @Test
  void findsExactlyWhatTheStandbyLacks() {
    for (var seed = 0; seed < 60; seed++) {
      var random = new Random(seed);
      List<ConnectionEntry> active = new ArrayList<>();
      List<ConnectionEntry> standby = new ArrayList<>();
      var lacking = new HashSet<ConnectionEntry>();
      var lossPercent = random.nextInt(101);
      for (var i = random.nextInt(4_000); i > 0; i--) {
        var flow = ConnectionEntries.tcp(i, 900);
        active.add(flow);
        if (random.nextInt(100) < lossPercent) {
          lacking.add(flow);
        } else {
          standby.add(flow);
        }
      }
      for (var i = random.nextInt(500); i > 0; i--) {
        standby.add(ConnectionEntries.tcp(10_000 + i, 900));
      }
      assertThat(new HashSet<>(missing(active, standby, random.nextLong())))
          .as("seed %d", seed)
          .isEqualTo(lacking);
    }
  }

  @Test
  void equalTablesCostOneQuestion() {
    var flows = new ArrayList<ConnectionEntry>();
    for (var i = 0; i < 20_000; i++) {
      flows.add(ConnectionEntries.tcp(i, 900));
    }
    assertThat(missing(flows, flows.reversed(), 7)).isEmpty();
    assertThat(asked).isZero();
  }

  @Test
  void anEmptyStandbySendsNoHashes() {
    var flows = new ArrayList<ConnectionEntry>();
    for (var i = 0; i < 20_000; i++) {
      flows.add(ConnectionEntries.tcp(i, 900));
    }
    assertThat(missing(flows, List.of(), 7)).hasSize(20_000);
    assertThat(asked).isEqualTo(1);
  }

  @Test
  void manyDifferencesComeInChunks() {
    List<ConnectionEntry> active = new ArrayList<>();
    List<ConnectionEntry> standby = new ArrayList<>();
    for (var i = 0; i < 40_000; i++) {
      active.add(ConnectionEntries.tcp(i, 900));
      standby.add(ConnectionEntries.tcp(i + 20_000, 900));
    }
    assertThat(missing(active, standby, 7)).hasSize(20_000);
    assertThat(asked).isBetween(5, 7);
  }

  @Test
  void hashesThatWereNotAskedForChangeNothing() {
    var flows = List.of(ConnectionEntries.tcp(1, 900));
    var comparison = new Comparison(flows, digests(new Held(new long[0]), 5));
    comparison.take(LongBuffer.wrap(new long[] {flows.getFirst().hash(5)}));
    assertThat(comparison.wanted()).hasSize(1);
    assertThat(comparison.missing()).isEqualTo(flows);
  }

  /** The whole conversation, each message through its bytes. */
  private List<ConnectionEntry> missing(
      List<ConnectionEntry> active, List<ConnectionEntry> standby, long seed) {
    asked = 0;
    var held = new Held(standby.stream().mapToLong(flow -> flow.hash(seed)).toArray());
    var comparison = new Comparison(active, through(digests(held, seed)));
    for (var wanted = comparison.wanted(); !wanted.isEmpty(); wanted = comparison.wanted()) {
      asked++;
      var message = (Wanted) Exchange.decode(Exchange.encode(new Wanted(wanted)));
      var bytes = Exchange.encode(new Hashes(held.of(message.buckets())));
      assertThat(bytes.length).isLessThanOrEqualTo(1 + 8 * Exchange.MAX_HASHES);
      comparison.take(((Hashes) Exchange.decode(bytes)).hashes());
    }
    return comparison.missing();
  }

  private static Digests digests(Held held, long seed) {
    return new Digests(1, 1, seed, held.buckets());
  }

  private static Digests through(Digests digests) {
    return (Digests) Exchange.decode(Exchange.encode(digests));
  }
}
