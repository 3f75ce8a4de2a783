// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.ipvs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.lvsdirector.config.Endpoint;
import org.lvsdirector.config.ForwardingMethod;
import org.lvsdirector.config.IpAddress;
import org.lvsdirector.config.IpAddress.Family;
import org.lvsdirector.config.Protocol;
import org.lvsdirector.config.SchedulerFlag;
import org.lvsdirector.config.SchedulerName;
import org.lvsdirector.config.ServiceKey;
import org.lvsdirector.config.Tunnel;
import org.lvsdirector.config.VirtualService.Persistence;
import org.lvsdirector.engine.EngineStats.Counters;
import org.lvsdirector.engine.ipvs.KernelDaemon.Channel;
import org.lvsdirector.engine.ipvs.KernelDaemon.State;
import org.lvsdirector.engine.ipvs.KernelServer.Wrapping;
import org.lvsdirector.engine.table.Table.Server;
import org.lvsdirector.engine.table.Table.ServiceSettings;
import org.lvsdirector.engine.table.Tables;
import org.lvsdirector.linux.Attributes;

/**
 * The golden bytes are what Linux 6.1 on x86-64 answered after ipvsadm had made the services named
 * in each test.
 */
class KernelCodecTest {
  private static final String NO_TRAFFIC =
      "5c000a000800010000000000080002000000000008000300000000000c00040000000000000000000c000500"
          + "0000000000000000080006000000000008000700000000000800080000000000080009000000000008000a00"
          + "000000007c000c000c00010000000000000000000c00020000000000000000000c0003000000000000000000"
          + "0c00040000000000000000000c00050000000000000000000c00060000000000000000000c00070000000000"
          + "000000000c00080000000000000000000c00090000000000000000000c000a000000000000000000";
  private static final String ONE_PACKET_UDP =
      "2c0101000600010002000000060002001100000014000300c000023500000000000000000000000006000400"
          + "0035000007000600727200000c00070006000000ffffffff080008000000000008000900ffffffff"
          + NO_TRAFFIC;
  private static final String MAGLEV_IPV6 =
      "2c010100060001000a00000006000200110000001400030020010db800000000000000000000008006000400"
          + "00350000070006006d6800000c0007001b000000ffffffff080008003c0000000800090040000000"
          + NO_TRAFFIC;
  private static final String PERSISTENT_TCP =
      "2c0101000600010002000000060002000600000014000300c000025000000000000000000000000006000400"
          + "0050000008000600776c63000c00070003000000ffffffff080008002c01000008000900ffffff00"
          + NO_TRAFFIC;
  private static final String SCTP =
      "2c0101000600010002000000060002008400000014000300c000025000000000000000000000000006000400"
          + "0b590000070006006c6300000c00070002000000ffffffff080008000000000008000900ffffffff"
          + NO_TRAFFIC;
  private static final String MARK =
      "100101000600010002000000080005000500000008000600736564000c00070002000000ffffffff08000800"
          + "0000000008000900ffffffff"
          + NO_TRAFFIC;
  private static final String MARK_IPV6 =
      "10010100060001000a00000008000500ffffffff07000600727200000c00070002000000ffffffff08000800"
          + "000000000800090080000000"
          + NO_TRAFFIC;
  private static final String GRE_TO_IPV6 =
      "500102001400010020010db80000000000000000000000120600020000500000080003000200000008000400"
          + "0100000005000d000200000006000e000000000006000f000000000008000500000000000800060000000000"
          + "08000700000000000800080000000000080009000000000006000b000a000000"
          + NO_TRAFFIC;
  private static final String GUE =
      "50010200140001000a00000c0000000000000000000000000600020000500000080003000200000008000400"
          + "0000000005000d000100000006000e0017c0000006000f000100000008000500000000000800060000000000"
          + "08000700000000000800080000000000080009000000000006000b0002000000"
          + NO_TRAFFIC;
  private static final String NAT =
      "50010200140001000a00000b000000000000000000000000060002001f900000080003000000000008000400"
          + "0700000005000d000000000006000e000000000006000f00000000000800050064000000080006003c000000"
          + "08000700000000000800080000000000080009000000000006000b0002000000"
          + NO_TRAFFIC;
  private static final String DIRECT_IPV6 =
      "500102001400010020010db80000000000000000000000110600020000350000080003000300000008000400"
          + "0100000005000d000000000006000e000000000006000f000000000008000500000000000800060000000000"
          + "08000700000000000800080000000000080009000000000006000b000a000000"
          + NO_TRAFFIC;
  private static final String TIMEOUTS = "08000400850300000800050079000000080006002d010000";
  private static final String INFO = "08000100010201000800020000100000";
  private static final String MASTER =
      "3c00030008000100010000000700020064300000080003000700000006000400c00500000600070090220000"
          + "050008000100000008000500e0000051";
  private static final String BACKUP =
      "4800030008000100020000000700020064300000080003000700000006000400ac0500000600070092220000"
          + "050008000300000014000600ff020000000000000000000000000001";

  /** ipvsadm -A -t 192.0.2.80:80 -s wlc -p 300 -M 255.255.255.0. */
  @Test
  void aPersistentServiceOfTheKernelIsUnderstood() {
    var service = service(PERSISTENT_TCP);
    assertThat(service.selector().key()).contains(tcp("192.0.2.80", 80));
    assertThat(service.settings())
        .isEqualTo(
            new ServiceSettings(
                SchedulerName.WLC, Set.of(), new Persistence(Duration.ofMinutes(5), 24), false));
  }

  /** ipvsadm -A -u [2001:db8::80]:53 -s mh -b mh-fallback,mh-port -p 60 -M 64. */
  @Test
  void anIpv6ServiceOfTheKernelIsUnderstood() {
    var service = service(MAGLEV_IPV6);
    assertThat(service.selector().key())
        .contains(new ServiceKey.ByAddress(Protocol.UDP, endpoint("2001:db8::80", 53)));
    assertThat(service.settings())
        .isEqualTo(
            new ServiceSettings(
                SchedulerName.MH,
                Set.of(SchedulerFlag.FALLBACK, SchedulerFlag.PORT),
                new Persistence(Duration.ofMinutes(1), 64),
                false));
  }

  /**
   * -u 192.0.2.53:53 -s rr -o; --sctp-service 192.0.2.80:2905 -s lc; -f 5 -s sed; -f 4294967295 -6.
   */
  @Test
  void everyKindOfServiceOfTheKernelIsUnderstood() {
    assertThat(service(ONE_PACKET_UDP).settings())
        .isEqualTo(new ServiceSettings(SchedulerName.RR, Set.of(), null, true));
    assertThat(service(SCTP).selector().key())
        .contains(new ServiceKey.ByAddress(Protocol.SCTP, endpoint("192.0.2.80", 2905)));
    assertThat(service(MARK).selector().key()).contains(new ServiceKey.ByMark(5, Family.IPV4));
    assertThat(service(MARK).settings())
        .isEqualTo(new ServiceSettings(SchedulerName.SED, Set.of(), null, false));
    assertThat(service(MARK_IPV6).selector().key())
        .contains(new ServiceKey.ByMark(-1, Family.IPV6));
  }

  /** -r 10.0.0.11:8080 -m -w 7 -x 100 -y 60; -r 10.0.0.12:80 -i --tun-type gue ... and others. */
  @Test
  void serversOfTheKernelAreUnderstood() {
    assertThat(server(NAT, Family.IPV4))
        .isEqualTo(new Server(endpoint("10.0.0.11", 8080), ForwardingMethod.NAT, 7, 100, 60));
    assertThat(server(GUE, Family.IPV4))
        .isEqualTo(
            new Server(
                endpoint("10.0.0.12", 80),
                ForwardingMethod.TUNNELLING,
                0,
                0,
                0,
                new Tunnel(Tunnel.Type.GUE, 6080, Tunnel.Checksum.FULL)));
    assertThat(server(GRE_TO_IPV6, Family.IPV4))
        .isEqualTo(
            new Server(
                endpoint("2001:db8::12", 80),
                ForwardingMethod.TUNNELLING,
                1,
                0,
                0,
                new Tunnel(Tunnel.Type.GRE, 0)));
    assertThat(server(DIRECT_IPV6, Family.IPV6))
        .isEqualTo(
            new Server(endpoint("2001:db8::11", 53), ForwardingMethod.DIRECT_ROUTING, 1, 0, 0));
  }

  @Test
  void aServerOfAnOldKernelHasTheFamilyOfItsServiceAndNoTunnel() {
    var old =
        new Attributes.Writer()
            .bytes(Abi.DEST_ADDR, HexFormat.of().parseHex("0a00000b"))
            .u16BigEndian(Abi.DEST_PORT, 80)
            .u32(Abi.DEST_FWD_METHOD, Abi.TUNNEL)
            .u32(Abi.DEST_WEIGHT, 1)
            .u32(Abi.DEST_U_THRESH, 0)
            .u32(Abi.DEST_L_THRESH, 0);
    assertThat(KernelServer.decode(Attributes.decode(old.encode()), Family.IPV4).server())
        .isEqualTo(new Server(endpoint("10.0.0.11", 80), ForwardingMethod.TUNNELLING, 1, 0, 0));
  }

  @Test
  void timeoutsInfoAndDaemonsOfTheKernelAreUnderstood() {
    assertThat(KernelTimeouts.decode(attributes(TIMEOUTS)))
        .isEqualTo(new KernelTimeouts(901, 121, 301));
    assertThat(KernelInfo.decode(attributes(INFO))).isEqualTo(new KernelInfo(0x10201, 4096));
    assertThat(new KernelInfo(0x10201, 4096).text()).isEqualTo("1.2.1");
    assertThat(daemon(MASTER))
        .isEqualTo(
            new KernelDaemon(
                State.MASTER, "d0", 7, new Channel(1472, IpAddress.of("224.0.0.81"), 8848, 1)));
    assertThat(daemon(BACKUP))
        .isEqualTo(
            new KernelDaemon(
                State.BACKUP, "d0", 7, new Channel(1452, IpAddress.of("ff02::1"), 8850, 3)));
  }

  /**
   * Each order of bytes is its own trap: the port and the mask here, the flags and the prefix
   * there.
   */
  @Test
  void whatIsSentHasTheBytesThatTheKernelShows() {
    var persistent = service(PERSISTENT_TCP);
    assertThat(hex(KernelService.of(tcp("192.0.2.80", 80), persistent.settings()).encode()))
        .isEqualTo(
            "0600010002000000060002000600000014000300c0000250000000000000000000000000"
                + "0600040000500000" // port 80, big endian
                + "08000600776c6300"
                + "0c00070001000000ffffffff"
                + "080008002c010000"
                + "08000900ffffff00"); // 255.255.255.0, big endian
    var maglev = service(MAGLEV_IPV6);
    var key = maglev.selector().key().orElseThrow();
    assertThat(hex(KernelService.of(key, maglev.settings()).encode()))
        .endsWith("0c00070019000000ffffffff" + "080008003c000000" + "0800090040000000");
    assertThat(hex(KernelServer.of(server(GUE, Family.IPV4)).encode()))
        .isEqualTo(
            "140001000a00000c0000000000000000000000000600020000500000"
                + "06000b0002000000"
                + "080003000200000008000400000000000800050000000000"
                + "0800060000000000"
                + "05000d0001000000"
                + "06000e0017c00000" // port 6080, big endian
                + "06000f0001000000");
  }

  @Test
  void servicesSurviveTheirBytes() {
    for (var seed = 0; seed < 300; seed++) {
      var random = new Random(seed);
      for (var tables : List.of(Tables.ipv4(), Tables.ipv6(), Tables.tunnelled())) {
        for (var service : tables.random(random).services().values()) {
          var sent = KernelService.of(service.key(), service.settings());
          var got = KernelService.decode(attributes(hex(sent.encode())));
          assertThat(got).as("seed %d", seed).isEqualTo(sent);
          assertThat(got.settings()).as("seed %d", seed).isEqualTo(service.settings());
          assertThat(got.selector().key()).as("seed %d", seed).contains(service.key());
          for (var server : service.servers().values()) {
            var bytes = hex(KernelServer.of(server).encode());
            assertThat(KernelServer.decode(attributes(bytes), Family.IPV4).server())
                .as("seed %d", seed)
                .isEqualTo(server);
          }
        }
      }
    }
  }

  @Test
  void timeoutsAndDaemonsSurviveTheirBytes() {
    var random = new Random(7);
    for (var i = 0; i < 300; i++) {
      var timeouts = new KernelTimeouts(random.nextInt(), random.nextInt(), random.nextInt());
      assertThat(KernelTimeouts.decode(attributes(hex(timeouts.encode())))).isEqualTo(timeouts);
      var group = random.nextBoolean() ? "224.0.0.81" : "ff02::51";
      var daemon =
          new KernelDaemon(
              random.nextBoolean() ? State.MASTER : State.BACKUP,
              "eth" + random.nextInt(100),
              random.nextInt(256),
              random.nextBoolean()
                  ? null
                  : new Channel(
                      random.nextInt(65536),
                      IpAddress.of(group),
                      random.nextInt(65536),
                      random.nextInt(256)));
      assertThat(KernelDaemon.decode(attributes(hex(daemon.encode())))).isEqualTo(daemon);
    }
  }

  @Test
  void countersHave64BitsWhereTheKernelGivesThem() {
    var wide = new Attributes.Writer();
    var narrow = new Attributes.Writer();
    for (var type = 1; type <= 10; type++) {
      wide.u64(type, type * 0x1_0000_0000L);
      if (type == 4 || type == 5) {
        narrow.u64(type, type * 0x1_0000_0000L);
      } else {
        narrow.u32(type, -type);
      }
    }
    var both = new Attributes.Writer().nested(10, narrow).nested(12, wide);
    var unit = 0x1_0000_0000L;
    assertThat(Traffic.decode(attributes(hex(both)), 12, 10))
        .isEqualTo(
            new Traffic(
                new Counters(unit, 2 * unit, 3 * unit, 4 * unit, 5 * unit),
                new Counters(6 * unit, 7 * unit, 8 * unit, 9 * unit, 10 * unit)));
    var old = Traffic.decode(attributes(hex(new Attributes.Writer().nested(10, narrow))), 12, 10);
    assertThat(old.counters())
        .isEqualTo(new Counters(unit - 1, unit - 2, unit - 3, 4 * unit, 5 * unit));
    assertThat(old.rates().connections()).isEqualTo(unit - 6);
    assertThat(Traffic.decode(attributes(""), 12, 10)).isEqualTo(Traffic.NONE);
  }

  @Test
  void whatNoTableCanSayDiffersFromEverythingWanted() {
    var plain = KernelService.of(tcp("192.0.2.1", 80), Tables.PLAIN);
    var selector = plain.selector();
    var odd = new ArrayList<KernelService>();
    odd.add(new KernelService(selector, "none", 0, 0, -1, ""));
    odd.add(new KernelService(selector, "wlc", 0, 0, -1, "sip"));
    odd.add(new KernelService(selector, "wlc", Abi.F_SCHED3, 0, -1, ""));
    odd.add(new KernelService(selector, "wlc", Abi.F_PERSISTENT, 300, 0xff00ff00, ""));
    assertThat(odd).allSatisfy(s -> assertThat(s.settings()).isEqualTo(KernelService.NO_SETTINGS));
    assertThat(new KernelService(selector, "wlc", 0, 0, 0xff00ff00, "").settings())
        .as("without persistence the mask means nothing")
        .isEqualTo(Tables.PLAIN);

    var local = new KernelServer(endpoint("10.0.0.1", 80), Abi.LOCALNODE, 1, 0, 0, Wrapping.NONE);
    var odder =
        new KernelServer(endpoint("10.0.0.1", 80), Abi.TUNNEL, 1, 0, 0, new Wrapping(0, 80, 0));
    assertThat(List.of(local, odder))
        .allSatisfy(s -> assertThat(s.server().lowerThreshold()).isNegative());
    var udpLite = new KernelService.Selector(Family.IPV4, 0, 136, endpoint("192.0.2.1", 80));
    assertThat(udpLite.key()).isEmpty();
  }

  @Test
  void bytesOfAnotherShapeAreRefused() {
    for (var hex : List.of("", "0600010003000000", PERSISTENT_TCP.substring(8, 24))) {
      assertThatIllegalArgumentException().isThrownBy(() -> KernelService.decode(attributes(hex)));
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> KernelServer.decode(attributes("080001000a00000b"), Family.IPV4));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> KernelDaemon.decode(attributes("0800010003000000")));
  }

  private static KernelService service(String message) {
    return KernelService.decode(attributes(message).nested(Abi.SERVICE));
  }

  private static Server server(String message, Family service) {
    return KernelServer.decode(attributes(message).nested(Abi.DEST), service).server();
  }

  private static KernelDaemon daemon(String message) {
    return KernelDaemon.decode(attributes(message).nested(Abi.DAEMON));
  }

  private static Attributes attributes(String hex) {
    return Attributes.decode(ByteBuffer.wrap(HexFormat.of().parseHex(hex)));
  }

  private static String hex(Attributes.Writer writer) {
    var bytes = new byte[writer.encode().remaining()];
    writer.encode().get(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private static ServiceKey tcp(String address, int port) {
    return new ServiceKey.ByAddress(Protocol.TCP, endpoint(address, port));
  }

  private static Endpoint endpoint(String address, int port) {
    return Tables.endpoint(address, port);
  }
}
