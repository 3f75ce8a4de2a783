// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.addresses;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lvsdirector.config.IpAddress;
import org.lvsdirector.config.VirtualService.VirtualAddress;
import org.lvsdirector.linux.HostAddress;
import org.lvsdirector.linux.InterfaceAddress;
import org.lvsdirector.linux.InterfaceAddress.Life;
import org.lvsdirector.linux.MacAddress;
import org.lvsdirector.linux.NetworkLink;

class AddressPlanTest {
  private static final int UP = 0x10003;
  private static final NetworkLink LO = new NetworkLink(1, "lo", 772, UP | 0x8, MacAddress.NONE, 0);
  private static final NetworkLink ETH0 = link(2, "eth0", UP);
  private static final NetworkLink ETH1 = link(3, "eth1", UP);
  private static final NetworkLink DOWN = link(4, "eth2", 0x2);
  private static final VirtualAddress VIRTUAL = virtual("192.0.2.80", 24, "eth0:1");
  private static final VirtualAddress VIRTUAL6 = virtual("2001:db8::80", 64, "eth0");

  private static NetworkLink link(int index, String name, int flags) {
    return new NetworkLink(index, name, 1, flags, new MacAddress(index), 0);
  }

  private static VirtualAddress virtual(String address, int prefix, String label) {
    return new VirtualAddress(IpAddress.of(address), prefix, label.replaceAll(":.*", ""), label);
  }

  private static InterfaceAddress present(String address, int prefix, int link, int mark) {
    var host = Interfaces.host(IpAddress.of(address));
    return new InterfaceAddress(host, host, prefix, link, "", 0, 0x80, mark, Life.FOREVER);
  }

  private static InterfaceAddress secondary(InterfaceAddress primary) {
    return new InterfaceAddress(
        primary.address(),
        primary.peer(),
        primary.prefix(),
        primary.linkIndex(),
        primary.label(),
        primary.scope(),
        primary.flags() | InterfaceAddress.SECONDARY,
        primary.protocol(),
        primary.life());
  }

  private static Interfaces seen(InterfaceAddress... addresses) {
    return new Interfaces(List.of(LO, ETH0, ETH1, DOWN), List.of(addresses));
  }

  private static AddressPlan hold(Interfaces seen, VirtualAddress... wanted) {
    return AddressPlan.toHold(List.of(wanted), seen, Set.of());
  }

  @ParameterizedTest
  @CsvSource({
    "public0, eth5",
    "public0:7, eth5:7",
    "an-alternative-name-of-a-network, eth5",
    "an-alternative-name-of-a-network:12, eth5:12",
    "an-alternative-name-of-a-network:aliases-too, eth5",
    "eth5:1, eth5:1"
  })
  void anyNameOfAnInterfaceIsThatInterfaceAndTheLabelHasItsPresentName(
      String label, String expected) {
    var names = List.of("public0", "an-alternative-name-of-a-network");
    var eth5 = new NetworkLink(9, "eth5", 1, UP, new MacAddress(9), 0, names);
    var plan = hold(new Interfaces(List.of(LO, eth5), List.of()), virtual("192.0.2.80", 24, label));
    assertThat(plan.problems()).isEmpty();
    assertThat(plan.add())
        .singleElement()
        .extracting(InterfaceAddress::linkIndex, InterfaceAddress::label)
        .containsExactly(9, expected);
  }

  @Test
  void whatIsMissingIsAddedWithLabelScopeAndMark() {
    var plan = hold(seen(), VIRTUAL, VIRTUAL6);
    assertThat(plan.delete()).isEmpty();
    assertThat(plan.problems()).isEmpty();
    assertThat(plan.add()).isEqualTo(plan.held()).hasSize(2);
    assertThat(plan.add().getFirst())
        .extracting(InterfaceAddress::label, InterfaceAddress::scope, InterfaceAddress::protocol)
        .containsExactly("eth0:1", 0, AddressPlan.MARK);
    assertThat(plan.add().get(1))
        .extracting(InterfaceAddress::label, InterfaceAddress::flags, InterfaceAddress::life)
        .containsExactly("", InterfaceAddress.NO_DUPLICATE_DETECTION, Life.FOREVER_DEPRECATED);
    assertThat(hold(seen(), virtual("10.0.0.1", 32, "lo:1")).add().getFirst().scope())
        .isEqualTo(InterfaceAddress.THIS_HOST);
  }

  @Test
  void whatIsThereIsLeftAloneWhoeverPutItThere() {
    for (var mark : new int[] {0, AddressPlan.MARK}) {
      var plan = hold(seen(present("192.0.2.80", 24, 2, mark)), VIRTUAL);
      assertThat(plan.isEmpty()).isTrue();
      assertThat(plan.held()).hasSize(1);
    }
  }

  @Test
  void ownAddressesInTheWrongPlaceMoveAndThoseOfOthersStay() {
    var own = present("192.0.2.80", 24, 3, AddressPlan.MARK);
    var moved = hold(seen(own), VIRTUAL);
    assertThat(moved.delete()).containsExactly(own);
    assertThat(moved.add()).hasSize(1);

    var foreign = present("192.0.2.80", 24, 3, 0);
    var stays = hold(seen(foreign), VIRTUAL);
    assertThat(stays.delete()).isEmpty();
    assertThat(stays.add()).hasSize(1);
    assertThat(stays.remarks())
        .containsExactly(
            "192.0.2.80 is on eth1 with prefix length 24 too, put there by somebody else: it"
                + " stays");

    var host = Interfaces.host(IpAddress.of("192.0.2.80"));
    var recorded = AddressPlan.toHold(List.of(VIRTUAL), seen(foreign), Set.of(host));
    assertThat(recorded.delete()).containsExactly(foreign);
  }

  @Test
  void anotherPrefixLengthIsTheWrongPlaceButIpv6CannotHaveBoth() {
    var own = present("192.0.2.80", 32, 2, AddressPlan.MARK);
    assertThat(hold(seen(own), VIRTUAL).delete()).containsExactly(own);
    var foreign = present("192.0.2.80", 32, 2, 0);
    assertThat(hold(seen(foreign), VIRTUAL).add()).hasSize(1);
    var foreign6 = present("2001:db8::80", 128, 2, 0);
    assertThat(hold(seen(foreign6), VIRTUAL6).add()).isEmpty();
    assertThat(hold(seen(foreign6), VIRTUAL6).remarks()).hasSize(1);
  }

  @Test
  void anAddressThatTheKernelDoesNotUseIsAddedAnew() {
    var host = Interfaces.host(IpAddress.of("2001:db8::80"));
    var flags = InterfaceAddress.DUPLICATE | InterfaceAddress.TENTATIVE;
    var unused = new InterfaceAddress(host, host, 64, 2, "", 0, flags, 0, Life.FOREVER);
    var plan = hold(seen(unused), VIRTUAL6);
    assertThat(plan.delete()).containsExactly(unused);
    assertThat(plan.add()).hasSize(1);
  }

  @Test
  void whatLvsCfDoesNotWantAnyMoreIsDroppedSecondaryAddressesFirst() {
    var first = present("192.0.2.80", 24, 2, AddressPlan.MARK);
    var other = secondary(present("192.0.2.81", 24, 2, AddressPlan.MARK));
    var foreign = present("192.0.2.10", 24, 2, 0);
    assertThat(hold(seen(first, other, foreign)).delete()).containsExactly(other, first);
    var release = AddressPlan.toRelease(List.of(), seen(first, other, foreign), Set.of());
    assertThat(release).containsExactly(other, first);
  }

  @Test
  void releaseTakesWhatLvsCfNamesInItsPlaceOnly() {
    var inPlace = present("192.0.2.80", 32, 2, 0);
    var elsewhere = present("192.0.2.80", 32, 3, 0);
    var release = AddressPlan.toRelease(List.of(VIRTUAL), seen(inPlace, elsewhere), Set.of());
    assertThat(release).containsExactly(inPlace);
  }

  @Test
  void devicesThatCannotServeAreProblems() {
    var missing = virtual("192.0.2.81", 24, "eth7");
    var down = virtual("192.0.2.82", 24, "eth2");
    var plan = hold(seen(), VIRTUAL, missing, down);
    assertThat(plan.add()).hasSize(1);
    assertThat(plan.problems())
        .containsExactly(
            "192.0.2.81 belongs on eth7, which does not exist; the interfaces are eth0, eth1, eth2,"
                + " lo",
            "192.0.2.82 belongs on eth2, which is switched off: ip link set eth2 up");
    assertThat(Devices.problem(List.of(VIRTUAL, missing, down), seen(), false))
        .isEqualTo("there is no interface eth7, eth2 is switched off");
  }

  @Test
  void carrierCountsOnlyWhereItIsWatched() {
    var dark = new Interfaces(List.of(link(2, "eth0", 0x3)), List.of());
    assertThat(Devices.problem(List.of(VIRTUAL), dark, false)).isEmpty();
    assertThat(Devices.problem(List.of(VIRTUAL), dark, true)).isEqualTo("eth0 has no carrier");
  }

  @Test
  void siblingsAreEndangeredByTheirPrimaryOnly() {
    var primary = present("192.0.2.80", 24, 2, AddressPlan.MARK);
    var sibling = secondary(present("192.0.2.10", 24, 2, 0));
    var others =
        List.of(
            secondary(present("192.0.3.10", 24, 2, 0)),
            secondary(present("192.0.2.11", 25, 2, 0)),
            secondary(present("192.0.2.12", 24, 3, 0)),
            present("192.0.2.13", 24, 2, 0));
    var all = new ArrayList<>(others);
    all.add(primary);
    all.add(sibling);
    var seen = seen(all.toArray(InterfaceAddress[]::new));
    assertThat(Promotion.endangered(List.of(primary), seen)).containsExactly(sibling);
    assertThat(Promotion.endangered(List.of(primary, sibling), seen)).isEmpty();
    assertThat(Promotion.endangered(List.of(sibling), seen)).isEmpty();
  }

  @Test
  void afterAPlanThereIsNothingLeftToDo() {
    for (var seed = 0; seed < 500; seed++) {
      var random = new Random(seed);
      var present = new ArrayList<InterfaceAddress>();
      for (var i = random.nextInt(6); i > 0; i--) {
        var prefix = random.nextBoolean() ? 24 : 32;
        var mark = random.nextBoolean() ? AddressPlan.MARK : 0;
        present.add(present(anyAddress(random), prefix, 1 + random.nextInt(3), mark));
      }
      var wanted = new ArrayList<VirtualAddress>();
      var places = List.of("lo", "eth0", "eth1");
      for (var address : addresses(random)) {
        wanted.add(virtual(address, 24, places.get(random.nextInt(3))));
      }
      var plan =
          hold(
              seen(present.toArray(InterfaceAddress[]::new)),
              wanted.toArray(VirtualAddress[]::new));
      var after = new ArrayList<>(present);
      after.removeAll(plan.delete());
      after.addAll(plan.add());
      var again =
          hold(seen(after.toArray(InterfaceAddress[]::new)), wanted.toArray(VirtualAddress[]::new));
      assertThat(again.isEmpty()).as("seed %d", seed).isTrue();
      var released =
          AddressPlan.toRelease(wanted, seen(after.toArray(InterfaceAddress[]::new)), Set.of());
      assertThat(released).as("seed %d", seed).containsAll(plan.add());
      assertThat(hosts(released)).as("seed %d", seed).containsAll(hosts(plan.held()));
    }
  }

  private static String anyAddress(Random random) {
    return "192.0.2." + random.nextInt(4);
  }

  private static Set<String> addresses(Random random) {
    return random
        .ints(random.nextInt(4), 0, 4)
        .mapToObj(last -> "192.0.2." + last)
        .collect(Collectors.toSet());
  }

  private static Set<HostAddress> hosts(List<InterfaceAddress> addresses) {
    return addresses.stream().map(InterfaceAddress::address).collect(Collectors.toSet());
  }
}
