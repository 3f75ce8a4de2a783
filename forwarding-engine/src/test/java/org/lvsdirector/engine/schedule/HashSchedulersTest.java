// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lvsdirector.config.Endpoint;
import org.lvsdirector.config.IpAddress;
import org.lvsdirector.config.SchedulerFlag;
import org.lvsdirector.config.SchedulerName;

class HashSchedulersTest {

  @ParameterizedTest
  @CsvSource({"10.0.0.1, 39", "10.0.0.2, 137", "192.168.1.77, 144", "255.255.255.255, 158"})
  void addressesHashAsInTheKernel(String address, int index) {
    assertThat(AddressHash.hash32(AddressHash.fold(IpAddress.of(address)), 8)).isEqualTo(index);
  }

  @Test
  void ipv6AddressesFoldTheirFourWords() {
    assertThat(AddressHash.fold(IpAddress.of("1:2:3:4:5:6:7:8"))).isEqualTo(0x00000008);
    assertThat(AddressHash.fold(IpAddress.of("2001:db8::1"))).isEqualTo(0x20010db9);
    assertThat(AddressHash.fold(IpAddress.of("::ffff:ffff"))).isEqualTo(-1);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 2654435761, 1d5a77c2",
    "1, 2654435761, 16ec66b2",
    "167772161, 2654435761, 03080ce4",
    "0, 2654446892, f882433f",
    "1, 2654446892, 8210aad1"
  })
  void sipHashYieldsTheKernelsValues(int value, long key, String hash) {
    assertThat("%08x".formatted(SipHash.hash(value, key))).isEqualTo(hash);
  }

  @Test
  void sourceHashingGivesEntriesInARowByWeight() {
    var pool = new Pool(SchedulerName.SH).add(1, 2, 3);
    assertThat(table(pool)).startsWith("CCCBBACCCBBA").hasSize(256);
    assertThat(pool.choose("10.1.0.1") + pool.choose("10.1.0.2") + pool.choose("10.1.0.3"))
        .isEqualTo("CBA");
    pool.weigh('C', 0);
    assertThat(table(pool)).startsWith("CBBACBBA");
  }

  @Test
  void destinationHashingIgnoresWeightsAndEdits() {
    var pool = new Pool(SchedulerName.DH).add(1, 7, 0);
    assertThat(table(pool)).startsWith("CBACBA").hasSize(256);
    pool.weigh('B', 1);
    assertThat(table(pool)).startsWith("CBACBA");
    pool.remove('B');
    assertThat(table(pool)).startsWith("CACA");
    assertThat(pool.choose("10.1.0.1")).isEqualTo(pool.choose("10.1.0.99"));
  }

  @Test
  void maglevTableIsTheKernels() {
    var pool = new Pool(SchedulerName.MH).add(1, 2, 3);
    var table = table(pool);
    assertThat(table).hasSize(4093).startsWith("CBBCCCBCCAABBBACBCCACCCCBCBBACCB");
    assertThat(Stream.of('A', 'B', 'C').map(name -> table.chars().filter(c -> c == name).count()))
        .containsExactly(682L, 1364L, 2047L);
    assertThat(
            Stream.of("10.1.0.1", "10.1.0.2", "10.1.0.3", "192.168.7.9").map(pool::choose).toList())
        .containsExactly("C", "A", "C", "C");
  }

  @Test
  void quiescingAServerLeavesTheMaglevTableAsItIs() {
    var pool = new Pool(SchedulerName.MH).add(1, 2, 3);
    var before = table(pool);
    pool.weigh('B', 0);
    assertThat(table(pool)).isEqualTo(before);
    pool.add(0);
    assertThat(table(pool)).isEqualTo(before);
  }

  @Test
  void removingAServerMovesFewClientsOfTheOthersInMaglev() {
    var pool = new Pool(SchedulerName.MH).add(1, 1, 1, 1, 1);
    var before = table(pool);
    pool.remove('C');
    var after = table(pool);
    var moved = 0;
    for (var i = 0; i < before.length(); i++) {
      assertThat(after.charAt(i)).isNotEqualTo('C');
      if (before.charAt(i) != 'C' && before.charAt(i) != after.charAt(i)) {
        moved++;
      }
    }
    assertThat(moved).isLessThan(before.length() / 10);
  }

  @Test
  void veryUnequalWeightsGiveEveryMaglevServerItsShare() {
    var table = table(new Pool(SchedulerName.MH).add(65535, 1));
    assertThat(table.chars().filter(c -> c == 'B').count()).isBetween(30L, 200L);
  }

  @Test
  void withoutFallbackAnUnusableServersClientsAreRefused() {
    for (var name : new SchedulerName[] {SchedulerName.SH, SchedulerName.MH}) {
      var plain = new Pool(name).add(1, 1, 1);
      var falling = new Pool(name, SchedulerFlag.FALLBACK).add(1, 1, 1);
      plain.overload('B');
      falling.overload('B');
      for (var i = 1; i < 200; i++) {
        var client = "10.1.7." + i;
        if (plain.choose(client).equals("-")) {
          assertThat(falling.choose(client)).isIn("A", "C");
        } else {
          assertThat(falling.choose(client)).isEqualTo(plain.choose(client));
        }
      }
      assertThat(plain.choose("10.1.7.1") + plain.choose("10.1.7.2") + plain.choose("10.1.7.3"))
          .as("some client of %s hashes to a usable server", name)
          .containsAnyOf("A", "C");
    }
  }

  @Test
  void thePortCountsOnlyWithItsFlag() {
    for (var name : new SchedulerName[] {SchedulerName.SH, SchedulerName.MH}) {
      assertThat(serversOfPorts(new Pool(name).add(1, 1, 1))).hasSize(1);
      assertThat(serversOfPorts(new Pool(name, SchedulerFlag.PORT).add(1, 1, 1))).hasSize(3);
    }
  }

  @Test
  void ipv6ClientsKeepTheirServerAndSpreadOverAll() {
    var random = new Random(6);
    for (var name : new SchedulerName[] {SchedulerName.SH, SchedulerName.MH, SchedulerName.DH}) {
      var pool = new Pool(name);
      for (var i = 1; i <= 4; i++) {
        pool.add(new Destination(new Endpoint(IpAddress.of("2001:db8::" + i), 80), 1, 0, 0));
      }
      var counts = new int[4];
      for (var i = 0; i < 8000; i++) {
        var address = new IpAddress(IpAddress.Family.IPV6, random.nextLong(), random.nextLong());
        var flow = new Flow(address, 7, address);
        var chosen = pool.scheduler.schedule(flow, 0);
        assertThat(pool.scheduler.schedule(flow, 1)).isSameAs(chosen);
        counts[pool.servers.indexOf(chosen)]++;
      }
      assertThat(counts).as("%s", name).satisfies(c -> assertThat(c).doesNotContain(0));
      for (var count : counts) {
        assertThat(count).as("%s", name).isBetween(1600, 2400);
      }
    }
  }

  @Test
  void anEmptyTableChoosesNobody() {
    for (var name : new SchedulerName[] {SchedulerName.SH, SchedulerName.MH, SchedulerName.DH}) {
      var pool = new Pool(name, SchedulerFlag.FALLBACK);
      assertThat(pool.choose("10.1.0.1")).isEqualTo("-");
      pool.add(1);
      assertThat(pool.choose("10.1.0.1")).isEqualTo("A");
      pool.remove('A');
      assertThat(pool.choose("10.1.0.1")).isEqualTo("-");
    }
  }

  private static Set<String> serversOfPorts(Pool pool) {
    var servers = new HashSet<String>();
    for (var port = 1; port < 200; port++) {
      var flow = new Flow(IpAddress.of("10.1.0.1"), port, IpAddress.of("192.0.2.80"));
      servers.add(pool.name(pool.scheduler.schedule(flow, 0)));
    }
    return servers;
  }

  private static String table(Pool pool) {
    var names = new ArrayList<String>();
    for (var server : ((HashScheduler) pool.scheduler).table()) {
      names.add(pool.name(server));
    }
    return names.stream().collect(Collectors.joining());
  }
}
