// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.addresses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.NetworkInterface;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lvsdirector.config.IpAddress;
import org.lvsdirector.config.VirtualService.VirtualAddress;
import org.lvsdirector.linux.ArpFrame;
import org.lvsdirector.linux.HostAddress;
import org.lvsdirector.linux.Libc;
import org.lvsdirector.linux.MacAddress;
import org.lvsdirector.linux.NeighbourFrame;
import org.lvsdirector.linux.PacketFilter;
import org.lvsdirector.linux.PacketSocket;
import org.lvsdirector.pulse.seal.AnnouncementTag;
import org.lvsdirector.pulse.seal.KeyRing;
import org.lvsdirector.pulse.seal.SealKey;
import org.lvsdirector.pulse.seal.SealPolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Real kernels in network namespaces; the ip command is the witness. */
class KernelAddressesIT {
  private static final Logger LOG = LoggerFactory.getLogger(KernelAddressesIT.class);
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final long ASKING_PAUSE = TimeUnit.MILLISECONDS.toNanos(100);
  private static final SealPolicy SEALING =
      new SealPolicy(new KeyRing(List.of(SealKey.of(new byte[SealKey.BYTES]))), false);
  private static final VirtualAddress IPV4 = virtual("192.0.2.80", 24, "eth0", "eth0:1");
  private static final VirtualAddress IPV6 = virtual("2001:db8::80", 64, "eth0", "eth0:2");

  @TempDir Path folder = Path.of("unset");
  private final List<Side> sides = new ArrayList<>();
  private final Wire wire = new Wire();

  /** What one director has, and what it was told. */
  private final class Side implements AddressListener {
    final Namespace host;
    final KernelAddresses addresses;
    final List<String> devices = new CopyOnWriteArrayList<>();
    final AtomicInteger partners = new AtomicInteger();

    Side(Namespace host, String name, VirtualAddress... virtuals) {
      this.host = host;
      var settings = new AddressSettings(List.of(virtuals), true, folder.resolve(name));
      var tags = new AnnouncementTag(SEALING, name, name.equals("a") ? "b" : "a");
      addresses =
          host.in(() -> KernelAddresses.open(Libc.system(), settings, tags, this, ASKING_PAUSE));
      sides.add(this);
    }

    @Override
    public void devicesChanged(String problem) {
      devices.add(problem);
    }

    @Override
    public void partnerAnnounced() {
      partners.incrementAndGet();
    }

    boolean found(VirtualAddress... virtuals) {
      return host.in(() -> addresses.hasFound(List.of(virtuals)));
    }

    void acquire(VirtualAddress... virtuals) {
      host.in(
          () -> {
            addresses.acquire(List.of(virtuals));
            return true;
          });
    }

    void announce(VirtualAddress... virtuals) {
      host.in(
          () -> {
            addresses.announce(List.of(virtuals));
            return true;
          });
    }

    void release() {
      host.in(
          () -> {
            addresses.release();
            return true;
          });
    }

    void rehearse(VirtualAddress... virtuals) {
      host.in(
          () -> {
            addresses.rehearse(List.of(virtuals));
            return true;
          });
    }

    String shown() {
      return host.ip("addr", "show");
    }

    /** As SIGKILL leaves it: the threads are gone, the addresses stay. */
    void die() {
      addresses.close();
      sides.remove(this);
    }
  }

  @BeforeEach
  void clientKnowsNothing() {
    assertThat(wire.neighbour("192.0.2.80")).isEmpty();
  }

  @AfterEach
  void tearDown() {
    List.copyOf(sides).forEach(Side::die);
    wire.close();
  }

  private static VirtualAddress virtual(String address, int prefix, String device, String label) {
    return new VirtualAddress(IpAddress.of(address), prefix, device, label);
  }

  @Test
  void theClientsNeighbourTablesFollowTheAddresses() {
    var a = new Side(wire.a, "a", IPV4, IPV6);
    var b = new Side(wire.b, "b", IPV4, IPV6);
    a.acquire(IPV4, IPV6);
    a.announce(IPV4, IPV6);
    wire.touch("192.0.2.80");
    wire.touch("2001:db8::80");
    await().atMost(PATIENCE).until(() -> wire.neighbour("192.0.2.80").contains(Wire.MAC_A));
    await().atMost(PATIENCE).until(() -> wire.neighbour("2001:db8::80").contains(Wire.MAC_A));

    a.release();
    assertThat(a.shown()).doesNotContain("192.0.2.80").doesNotContain("2001:db8::80");
    b.acquire(IPV4, IPV6);
    var startNanos = System.nanoTime();
    b.announce(IPV4, IPV6);
    await()
        .pollInterval(Duration.ofMillis(2))
        .atMost(PATIENCE)
        .until(
            () ->
                wire.neighbour("192.0.2.80").contains(Wire.MAC_B)
                    && wire.neighbour("2001:db8::80").contains(Wire.MAC_B));
    LOG.warn("the client's tables followed in {} ms", millisSince(startNanos));
    assertThat(a.partners).hasPositiveValue();
    assertThat(b.addresses.status().framesSent()).isPositive();
  }

  @Test
  void aRehearsalChangesNothingAndTellsNobody() {
    var a = new Side(wire.a, "a", IPV4, IPV6);
    var b = new Side(wire.b, "b", IPV4, IPV6);
    a.rehearse(IPV4, IPV6);
    assertThat(a.shown()).doesNotContain("192.0.2.80").doesNotContain("2001:db8::80");
    a.acquire(IPV4, IPV6);
    a.rehearse(IPV4, IPV6);
    assertThat(a.shown()).contains("192.0.2.80").contains("2001:db8::80");
    assertThat(a.addresses.status().framesSent()).isZero();
    assertThat(b.partners).hasValue(0);
    a.announce(IPV4, IPV6);
    await().atMost(PATIENCE).until(() -> b.partners.get() > 0);
  }

  @Test
  void addressesAreHeldAsLvsCfSaysAndTwiceIsOnce() {
    var a = new Side(wire.a, "a", IPV4, IPV6);
    a.acquire(IPV4, IPV6);
    var shown = a.shown();
    assertThat(shown).contains("inet 192.0.2.80/24 scope global secondary eth0:1");
    assertThat(shown).contains("inet6 2001:db8::80/64").contains("preferred_lft 0sec");
    assertThat(shown).doesNotContain("tentative");
    a.acquire(IPV4, IPV6);
    assertThat(a.shown()).isEqualTo(shown);
    assertThat(a.addresses.status().addresses()).allMatch(AddressStatus.Place::isPresent);
    a.acquire(IPV6);
    assertThat(a.shown()).doesNotContain("192.0.2.80").contains("2001:db8::80/64");
    a.release();
    a.release();
    assertThat(a.shown()).doesNotContain("2001:db8::80/64").contains("2001:db8::10/64");
  }

  @Test
  void whatADeadDirectorLeftIsFoundAndGoneOnWith() {
    var a = new Side(wire.a, "a", IPV4, IPV6);
    assertThat(a.addresses.hasFound(List.of(IPV4, IPV6))).isFalse();
    a.acquire(IPV4, IPV6);
    a.die();
    wire.a.ip("addr", "del", "2001:db8::80/64", "dev", "eth0");

    var next = new Side(wire.a, "a", IPV4, IPV6);
    assertThat(next.addresses.hasFound(List.of(IPV4, IPV6))).isTrue();
    next.acquire(IPV4, IPV6);
    assertThat(next.shown()).contains("192.0.2.80/24").contains("2001:db8::80/64");
    next.release();
    assertThat(next.shown()).doesNotContain("192.0.2.80").doesNotContain("2001:db8::80");
  }

  @Test
  void whatADeadDirectorLeftIsRemovedWithoutADaemon() throws IOException {
    var extra = virtual("198.51.100.7", 32, "eth0", "eth0:9");
    var a = new Side(wire.a, "a", IPV4, IPV6, extra);
    a.acquire(IPV4, IPV6, extra);
    a.die();
    var settings = new AddressSettings(List.of(IPV4, IPV6), false, folder.resolve("a"));
    var removed = wire.a.in(() -> LeftAddresses.release(Libc.system(), settings));
    assertThat(removed)
        .containsExactlyInAnyOrder(
            "192.0.2.80/24 from eth0", "2001:db8::80/64 from eth0", "198.51.100.7/32 from eth0");
    assertThat(wire.a.ip("addr")).doesNotContain("192.0.2.80").contains("192.0.2.10/24");
    assertThat(wire.a.in(() -> LeftAddresses.release(Libc.system(), settings))).isEmpty();
  }

  @Test
  void siblingsOfOthersStayAlsoWhereTheKernelWouldDeleteThem() {
    wire.a.ip("addr", "flush", "dev", "eth0");
    Wire.set(wire.a, "ipv4/conf/all/promote_secondaries", "0");
    Wire.set(wire.a, "ipv4/conf/eth0/promote_secondaries", "0");
    var a = new Side(wire.a, "a", IPV4);
    a.acquire(IPV4);
    wire.a.ip("addr", "add", "192.0.2.99/24", "dev", "eth0");
    assertThat(a.shown()).contains("192.0.2.99/24 scope global secondary");
    a.release();
    assertThat(a.shown()).contains("192.0.2.99/24 scope global eth0").doesNotContain("192.0.2.80");
    assertThat(wire.a.command("cat", "/proc/sys/net/ipv4/conf/eth0/promote_secondaries"))
        .isEqualTo("0\n");
  }

  @Test
  void ownAddressesInTheWrongPlaceAreMovedAndThoseOfOthersStay() {
    wire.plug(wire.a, "a", "eth1", "02:00:00:00:01:0a");
    var a = new Side(wire.a, "a", IPV4);
    a.acquire(IPV4);
    a.die();
    var moved = virtual("192.0.2.80", 32, "eth1", "eth1:1");
    wire.a.ip("addr", "add", "192.0.2.80/28", "dev", "lo");
    var next = new Side(wire.a, "a", moved);
    next.acquire(moved);
    assertThat(wire.a.ip("addr", "show", "eth0")).doesNotContain("192.0.2.80");
    assertThat(wire.a.ip("addr", "show", "eth1")).contains("192.0.2.80/32");
    assertThat(wire.a.ip("addr", "show", "lo")).doesNotContain("192.0.2.80/28");
    next.release();
    assertThat(next.shown()).doesNotContain("192.0.2.80");
  }

  @Test
  void anAddressOfSomebodyElseOnAnotherDeviceStays() {
    wire.plug(wire.a, "a", "eth1", "02:00:00:00:01:0a");
    wire.a.ip("addr", "add", "192.0.2.80/32", "dev", "eth1");
    var a = new Side(wire.a, "a", IPV4);
    a.acquire(IPV4);
    assertThat(wire.a.ip("addr", "show", "eth0")).contains("192.0.2.80/24");
    a.release();
    assertThat(wire.a.ip("addr", "show", "eth0")).doesNotContain("192.0.2.80");
  }

  @Test
  void withoutADeviceTheOneInTheNetworkOfTheAddressIsTaken() {
    var bare = virtual("192.0.2.81", 32, "", "");
    var lost = virtual("203.0.113.9", 32, "", "");
    var a = new Side(wire.a, "a", bare, lost);
    a.acquire(bare);
    assertThat(wire.a.ip("addr", "show", "eth0")).contains("192.0.2.81/32");
    assertThatThrownBy(() -> a.acquire(bare, lost))
        .hasMessageContaining("203.0.113.9 is in the network of no interface")
        .hasMessageContaining("eth0, lo");
  }

  @Test
  void failuresAreToldAllAtOnceAndTheRestIsHeld() {
    var missing = virtual("192.0.2.81", 24, "eth7", "eth7:1");
    wire.plug(wire.a, "a", "eth1", "02:00:00:00:01:0a");
    wire.a.ip("link", "set", "eth1", "down");
    var down = virtual("192.0.2.82", 24, "eth1", "eth1:1");
    Wire.set(wire.a, "ipv6/conf/eth0/disable_ipv6", "1");
    var a = new Side(wire.a, "a", IPV4, missing, down, IPV6);
    assertThatThrownBy(() -> a.acquire(IPV4, missing, down, IPV6))
        .hasMessageContaining("192.0.2.81 belongs on eth7, which does not exist")
        .hasMessageContaining("192.0.2.82 belongs on eth1, which is switched off")
        .hasMessageContaining("cannot add 2001:db8::80/64 on eth0: not permitted (EACCES)")
        .hasMessageContaining("net.ipv6.conf.eth0.disable_ipv6=0");
    assertThat(a.shown()).contains("192.0.2.80/24");
    assertThat(a.devices).contains("there is no interface eth7, eth1 is switched off");
    a.release();
    assertThat(a.shown()).doesNotContain("192.0.2.80");
  }

  @Test
  void whatSomebodyElseRemovesIsPutBack() {
    var a = new Side(wire.a, "a", IPV4, IPV6);
    a.acquire(IPV4, IPV6);
    a.announce(IPV4, IPV6);
    wire.a.ip("addr", "del", "192.0.2.80/24", "dev", "eth0");
    await().atMost(PATIENCE).until(() -> a.shown().contains("192.0.2.80/24"));
    wire.a.ip("link", "set", "eth0", "down");
    await().atMost(PATIENCE).until(() -> !a.shown().contains("2001:db8::80"));
    wire.a.ip("link", "set", "eth0", "up");
    await().atMost(PATIENCE).until(() -> a.shown().contains("2001:db8::80"));
    assertThat(a.addresses.status().putBack()).isGreaterThanOrEqualTo(2);
    a.release();
    assertThat(a.shown()).doesNotContain("192.0.2.80").doesNotContain("2001:db8::80");
  }

  @Test
  void whatSomebodyElsePutsOnADirectorThatIsNotActiveIsRemoved() {
    var side = new Side(wire.a, "a", IPV4, IPV6);
    assertThat(side.found(IPV4, IPV6)).isFalse();
    side.host.ip("addr", "add", "192.0.2.80/24", "dev", "eth0");
    await().atMost(PATIENCE).until(() -> side.addresses.status().removed() == 1);
    assertThat(side.shown()).doesNotContain("192.0.2.80");

    side.acquire(IPV4, IPV6);
    side.release();
    side.host.ip("addr", "add", "2001:db8::80/64", "dev", "eth0", "nodad");
    await().atMost(PATIENCE).until(() -> side.addresses.status().removed() == 2);
    assertThat(side.shown()).doesNotContain("2001:db8::80");
  }

  @Test
  void aVirtualAddressOnTheLoopbackOfADirectorThatIsNotActiveStays() {
    var side = new Side(wire.a, "a", IPV4, IPV6);
    assertThat(side.found(IPV4, IPV6)).isFalse();
    side.host.ip("addr", "add", "192.0.2.80/32", "dev", "lo");
    side.host.ip("addr", "add", "2001:db8::80/64", "dev", "eth0", "nodad");
    await().atMost(PATIENCE).until(() -> side.addresses.status().removed() > 0);
    assertThat(side.shown()).contains("192.0.2.80/32").doesNotContain("2001:db8::80");
  }

  @Test
  void whatAnEarlierDaemonLeftStaysUntilItIsKnownWhoServes() {
    var side = new Side(wire.a, "a", IPV4, IPV6);
    side.host.ip("addr", "add", "192.0.2.80/24", "dev", "eth0");
    assertThat(side.found(IPV4, IPV6)).isTrue();
    side.host.ip("addr", "add", "2001:db8::80/64", "dev", "eth0", "nodad");
    await().atMost(PATIENCE).until(() -> side.addresses.status().addresses().get(1).isPresent());
    assertThat(side.shown()).contains("192.0.2.80");
    assertThat(side.addresses.status().removed()).isZero();
  }

  @Test
  void anotherMachineThatAnswersForAnAddressTooIsToldUntilItNoLongerDoes() {
    var first = new Side(wire.a, "a", IPV4, IPV6);
    first.acquire(IPV4, IPV6);
    first.announce(IPV4, IPV6);
    wire.b.ip("addr", "add", "192.0.2.80/24", "dev", "eth0");

    await()
        .atMost(PATIENCE)
        .until(() -> first.addresses.status().conflict().contains("192.0.2.80"));
    assertThat(first.addresses.status().conflicts()).isPositive();

    wire.b.ip("addr", "del", "192.0.2.80/24", "dev", "eth0");
    await().atMost(PATIENCE).until(() -> first.addresses.status().conflict().isEmpty());
  }

  @Test
  void aDeviceThatVanishesIsToldAndWhenItReturnsTheAddressIsBack() {
    wire.plug(wire.a, "a", "eth1", "02:00:00:00:01:0a");
    var there = virtual("198.51.100.7", 32, "eth1", "eth1:1");
    var a = new Side(wire.a, "a", there);
    a.acquire(there);
    wire.a.ip("link", "del", "eth1");
    await().atMost(PATIENCE).until(() -> a.devices.contains("there is no interface eth1"));
    wire.plug(wire.a, "a", "eth1", "02:00:00:00:01:0a");
    await().atMost(PATIENCE).until(() -> a.devices.getLast().isEmpty());
    await().atMost(PATIENCE).until(() -> a.shown().contains("198.51.100.7/32"));
    wire.a.ip("link", "del", "eth1");
    a.release();
  }

  @Test
  void aLostCarrierIsToldAndAfterItsReturnAllIsAnnouncedAgain() {
    var a = new Side(wire.a, "a", IPV4);
    a.acquire(IPV4);
    a.announce(IPV4);
    wire.carrier("a", "eth0", false);
    await().atMost(PATIENCE).until(() -> a.devices.contains("eth0 has no carrier"));
    var framesSent = a.addresses.status().framesSent();
    wire.carrier("a", "eth0", true);
    await().atMost(PATIENCE).until(() -> a.devices.getLast().isEmpty());
    await().atMost(PATIENCE).until(() -> a.addresses.status().framesSent() >= framesSent + 6);
  }

  @Test
  void whoTookOverWhileTheCarrierWasAwayIsNotTalkedOver() {
    var a = new Side(wire.a, "a", IPV4);
    a.acquire(IPV4);
    a.announce(IPV4);
    wire.carrier("a", "eth0", false);
    await().atMost(PATIENCE).until(() -> a.devices.contains("eth0 has no carrier"));
    wire.b.ip("addr", "add", "192.0.2.80/24", "dev", "eth0");
    var framesSent = a.addresses.status().framesSent();
    wire.carrier("a", "eth0", true);
    await().atMost(PATIENCE).until(() -> a.addresses.status().conflicts() >= 2);
    // A request and a reply each time that both were found to answer.
    var after = a.addresses.status();
    assertThat(after.framesSent() - framesSent).isLessThanOrEqualTo(2 * after.conflicts());
  }

  @Test
  void anotherMachineWithTheAddressIsFoundByAsking() {
    var a = new Side(wire.a, "a", IPV4, IPV6);
    var b = new Side(wire.b, "b", IPV4, IPV6);
    assertThat(foreignAnswering(b)).isFalse();
    a.acquire(IPV4);
    assertThat(foreignAnswering(b)).isTrue();
    assertThat(foreignAnswering(a)).isFalse();
    a.acquire(IPV6);
    assertThat(foreignAnswering(b)).isTrue();
    a.die();
    assertThat(foreignAnswering(b)).isTrue();
    // A kernel answers for a dead director too: that is no announcement.
    assertThat(b.partners).hasValue(0);
  }

  @Test
  void aBeaconIsASignOfLife() {
    for (var virtual : List.of(IPV4, IPV6)) {
      var a = new Side(wire.a, "a", virtual);
      var b = new Side(wire.b, "b", virtual);
      a.acquire(virtual);
      wire.a.in(
          () -> {
            a.addresses.neighbours().beacon();
            return true;
          });
      await().atMost(PATIENCE).until(() -> b.partners.get() > 0);
      assertThat(a.partners).hasValue(0);
      a.release();
      a.die();
      b.die();
    }
  }

  /** A real server with the address on its loopback, a cloned machine, a forger. */
  @Test
  void announcementsOfStrangersAreNoSignOfLife() {
    var a = new Side(wire.a, "a", IPV4, IPV6);
    var b = new Side(wire.b, "b", IPV4, IPV6);
    var stranger = MacAddress.of("02:00:00:00:00:0c");
    var ipv4 = Interfaces.host(IPV4.address());
    var ipv6 = Interfaces.host(IPV6.address());
    var tag = new byte[AnnouncementTag.BYTES];
    var frames =
        List.of(
            ArpFrame.gratuitousRequest(stranger, ipv4).encode(),
            ArpFrame.gratuitousReply(stranger, ipv4).encode(tag),
            ArpFrame.gratuitousReply(MacAddress.of(Wire.MAC_A), ipv4).encode(),
            NeighbourFrame.unsolicited(stranger, ipv6, false).encode(),
            NeighbourFrame.unsolicited(stranger, ipv6, false).encode(tag));
    for (var round = 1; round <= 3; round++) {
      frames.forEach(this::sendFromTheClient);
      var heard = round * frames.size();
      await().atMost(PATIENCE).until(() -> b.addresses.status().foreignHeard() >= heard);
    }
    assertThat(b.partners).hasValue(0);
    a.acquire(IPV4, IPV6);
    a.announce(IPV4, IPV6);
    await().atMost(PATIENCE).until(() -> b.partners.get() > 0);
  }

  @Test
  void anAnnouncementOfThePartnerThatIsPlayedAgainIsNone() {
    var a = new Side(wire.a, "a", IPV4, IPV6);
    var b = new Side(wire.b, "b", IPV4, IPV6);
    a.acquire(IPV4, IPV6);
    var recorded = new ArrayList<byte[]>();
    try (var arp = wire.client.in(KernelAddressesIT::announcements);
        var nd =
            wire.client.in(
                () -> PacketSocket.open(Libc.system(), PacketFilter.ADVERTISEMENTS, 0))) {
      a.announce(IPV4, IPV6);
      for (var socket : List.of(arp, nd)) {
        recorded.addAll(wire.client.in(() -> heardFor(socket, Duration.ofMillis(400))));
      }
    }
    assertThat(recorded).hasSizeGreaterThan(2);
    a.release();
    a.die();
    var known = b.partners.get();
    var heard = b.addresses.status().foreignHeard();
    recorded.forEach(this::sendFromTheClient);
    recorded.forEach(this::sendFromTheClient);
    await()
        .atMost(PATIENCE)
        .until(() -> b.addresses.status().foreignHeard() >= heard + 2L * recorded.size());
    assertThat(known).isPositive();
    assertThat(b.partners).hasValue(known);
  }

  private void sendFromTheClient(byte[] frame) {
    var _ =
        wire.client.in(
            () -> {
              try (var socket = PacketSocket.open(Libc.system())) {
                socket.send(NetworkInterface.getByName("eth0").getIndex(), frame);
                return 0;
              }
            });
  }

  private static boolean foreignAnswering(Side side) {
    return side.host.in(() -> side.addresses.neighbours().isForeignAnswering());
  }

  @Test
  void pingTargetsAreReachedUnlessCutOff() {
    for (var target : List.of("192.0.2.12", "2001:db8::12")) {
      assertThat(isReached("203.0.113.1", target)).isTrue();
      wire.carrier("a", "eth0", false);
      assertThat(isReached(target)).isFalse();
      wire.carrier("a", "eth0", true);
      await().atMost(PATIENCE).until(() -> isReached(target));
    }
    Wire.set(wire.a, "ipv4/ping_group_range", "0 0");
    assertThat(isReached("192.0.2.12")).isTrue();
    assertThat(isReached("2001:db8::12")).isTrue();
  }

  private boolean isReached(String... targets) {
    var addresses = List.of(targets).stream().map(IpAddress::of).toList();
    return wire.a.in(
        () -> {
          try {
            new PingTargets(Libc.system(), addresses).ping();
            return true;
          } catch (IOException e) {
            LOG.debug("not reached", e);
            return false;
          }
        });
  }

  @Test
  void aThousandAddressesAreTakenAndAnnouncedSoon() {
    var virtuals = new ArrayList<VirtualAddress>();
    for (var i = 0; i < 1000; i++) {
      virtuals.add(virtual("10.1.%d.%d".formatted(i / 250, i % 250 + 1), 32, "eth0", "eth0:1"));
    }
    var all = virtuals.toArray(VirtualAddress[]::new);
    var a = new Side(wire.a, "a", all);
    var startNanos = System.nanoTime();
    a.acquire(all);
    var acquiredMillis = millisSince(startNanos);
    try (var socket = wire.client.in(KernelAddressesIT::announcements)) {
      var announceNanos = System.nanoTime();
      a.announce(all);
      var heard = heard(socket, all.length);
      var announcedMillis = millisSince(announceNanos);
      assertThat(heard).hasSize(1000);
      var releaseNanos = System.nanoTime();
      a.release();
      LOG.warn(
          "1000 addresses: acquired in {} ms, all announced in {} ms, released in {} ms",
          acquiredMillis,
          announcedMillis,
          millisSince(releaseNanos));
    }
    assertThat(a.shown()).doesNotContain("10.1.");
  }

  @Test
  void whoHasFallenSilentAnnouncesNothingAnyMoreBeforeTheReleaseAndAfter() throws IOException {
    var a = new Side(wire.a, "a", IPV4);
    a.acquire(IPV4);
    a.announce(IPV4);
    a.addresses.fallSilent();
    try (var socket = wire.client.in(KernelAddressesIT::announcements)) {
      var sent = a.addresses.status().framesSent();
      assertThat(wire.client.in(() -> socket.receive(Duration.ofMillis(200)))).isEmpty();
      assertThat(a.shown()).contains("192.0.2.80");
      a.announce(IPV4);
      a.release();
      var all = a.addresses.status().framesSent();
      assertThat(all).as("of the first and of the second burst").isGreaterThan(sent);
      assertThat(wire.client.in(() -> heardFor(socket, Duration.ofMillis(400))))
          .hasSize((int) (all - sent));
      assertThat(a.addresses.status().framesSent()).isEqualTo(all);
    }
    assertThatThrownBy(() -> a.announce(IPV4)).hasMessageContaining("not all of these");
  }

  private static PacketSocket announcements() throws IOException {
    return PacketSocket.open(Libc.system(), PacketFilter.GRATUITOUS_ARP, 0);
  }

  /** All frames until none has come for so long. */
  private static List<byte[]> heardFor(PacketSocket socket, Duration patience) throws IOException {
    var heard = new ArrayList<byte[]>();
    var frame = socket.receive(patience);
    while (frame.isPresent()) {
      heard.add(frame.get());
      frame = socket.receive(patience);
    }
    return heard;
  }

  private Set<HostAddress> heard(PacketSocket socket, int count) {
    return wire.client.in(
        () -> {
          var heard = new HashSet<HostAddress>();
          var deadline = System.nanoTime() + PATIENCE.toNanos();
          while (heard.size() < count && System.nanoTime() < deadline) {
            var frame = socket.receive(Duration.ofSeconds(1));
            frame.flatMap(ArpFrame::decode).ifPresent(arp -> heard.add(arp.sender()));
          }
          return heard;
        });
  }

  private static long millisSince(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
  }
}
