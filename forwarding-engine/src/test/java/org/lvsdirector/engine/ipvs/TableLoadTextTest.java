// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.ipvs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lvsdirector.engine.TableLoad;
import org.lvsdirector.engine.TableLoad.Hash;

class TableLoadTextTest {
  private static final String FULL =
      """
      Conns:\t9401
      Conn buckets:\t524288 (19 bits, lfactor -5)
      Conn buckets empty:\t505633 (96%)
      Conn buckets len-1:\t18322 (98%)
      Conn buckets len-2:\t329 (1%)
      Conn buckets len-3:\t3 (0%)
      Conn buckets len-7:\t1 (0%)
      Services:\t12
      Service buckets:\t128 (7 bits, lfactor -3)
      Service buckets empty:\t116 (90%)
      Service buckets len-1:\t12 (100%)
      Stats thread slots:\t1 (max 16)
      Stats chain max len:\t16
      Stats thread ests:\t38400
      """;

  @Test
  void bothTablesAreRead() {
    var load = TableLoadText.parse(FULL).orElseThrow();
    var connections = load.connections();
    assertThat(connections.chains()).containsExactly(18_322L, 329L, 3L, 0L, 0L, 0L, 1L);
    assertThat(connections.entries()).as("two for each that NAT carries").isEqualTo(18_996);
    assertThat(connections.buckets()).isEqualTo(524_288);
    assertThat(connections.growthExponent()).isEqualTo(-5);
    assertThat(connections.load()).isBetween(0.0362, 0.0363);
    assertThat(connections.longestChain()).isEqualTo(7);
    assertThat(connections.longChains()).isEqualTo(1);
    assertThat(load.services())
        .isEqualTo(new Hash(12, 128, -3, List.of(12L, 0L, 0L, 0L, 0L, 0L, 0L)));
    assertThat(load.services().longestChain()).isEqualTo(1);
    assertThat(load.services().longChains()).isZero();
  }

  /** As Linux 7.2 says it before there is a service. */
  @Test
  void tablesThatAreNotMadeYetAreEmpty() {
    var text =
        """
        Conns:\t0
        Conn buckets:\t0 (0 bits, lfactor 0)
        Services:\t0
        Service buckets:\t0 (0 bits, lfactor 0)
        Stats thread slots:\t1 (max 0)
        """;
    var none = new Hash(0, 0, 0, List.of(0L, 0L, 0L, 0L, 0L, 0L, 0L));
    assertThat(TableLoadText.parse(text)).contains(new TableLoad(none, none));
    assertThat(none.load()).isZero();
    assertThat(none.longestChain()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Conns:", "Conn buckets:", "Services:", "Service buckets:"})
  void aTextWithoutALineThatIsAlwaysThereTellsNothing(String start) {
    var text = new StringBuilder();
    FULL.lines().filter(line -> !line.startsWith(start)).forEach(line -> text.append(line + "\n"));
    assertThat(TableLoadText.parse(text.toString())).isEmpty();
  }

  @Test
  void linesThatAreNotKnownAreNothing() {
    assertThat(TableLoadText.parse("Colour:\tblue\nShape: 7 sided\n" + FULL + "::\n"))
        .isEqualTo(TableLoadText.parse(FULL));
    assertThat(TableLoadText.parse("")).isEmpty();
  }
}
