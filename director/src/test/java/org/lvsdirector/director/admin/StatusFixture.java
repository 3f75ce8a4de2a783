// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.admin;

import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.Health;
import org.lvsdirector.config.Role;
import org.lvsdirector.engine.SyncStatus;
import org.lvsdirector.engine.TableLoad;
import org.lvsdirector.lvsd.LvsdStatus;
import org.lvsdirector.pulse.PulseStatus;
import org.lvsdirector.pulse.addresses.AddressStatus;
import org.lvsdirector.pulse.link.LinkStats;
import org.lvsdirector.pulse.seal.Refusals;

/** A status with every field set, and no two numbers of a record alike. */
public final class StatusFixture {
  private StatusFixture() {}

  /** An active primary beside a good standby. */
  public static StatusReport whole() {
    return with(new StatusReport.Partner("backup", true, Role.STANDBY, true, 40, true));
  }

  /** The same with another partner. */
  public static StatusReport with(StatusReport.@Nullable Partner partner) {
    return with(partner, new StatusReport.Heartbeats(false, false, 1, 812, 74, 1_250, 3, 2, ""));
  }

  /** Without a partner, and refused real time by the kernel. */
  public static StatusReport withoutRealTime() {
    return with(null, new StatusReport.Heartbeats(true, false, 0, 0, 74, 120_000, 0, 0, "EPERM"));
  }

  private static StatusReport with(
      StatusReport.@Nullable Partner partner, StatusReport.Heartbeats heartbeats) {
    return new StatusReport(
        "0.1.0",
        new StatusReport.Self(
            "primary",
            Role.ACTIVE,
            "2026-01-01T00:00:00Z",
            5_000,
            "nobody-active",
            3,
            true,
            "",
            "/etc/lvs-director/lvs.cf",
            "0a1b2c3d",
            "",
            List.of("keepalive = 200ms (100ms is in force)"),
            77),
        partner,
        heartbeats,
        takeover(),
        new PulseStatus.Evidence(true, false, true, true),
        List.of(link()),
        new StatusReport.Engine(
            "proxy",
            List.of(new StatusReport.PassedOver("ipvs", "this kernel has no ip_vs")),
            load()),
        List.of(service()),
        addresses(),
        sync(),
        new StatusReport.Reconciliation(true, 700, new LvsdStatus.Counters(50, 31, 6, 5, 4)),
        new StatusReport.Log(313, 12_400));
  }

  private static StatusReport.LatestTakeover takeover() {
    var done = new LinkedHashMap<String, Long>();
    done.put("term", 3_120L);
    done.put("addresses", 5_010L);
    done.put("announced", 5_480L);
    return new StatusReport.LatestTakeover(3, 210, done);
  }

  private static TableLoad load() {
    return new TableLoad(
        new TableLoad.Hash(9_424, 524_288, -5, List.of(9_100L, 150L, 6L, 0L, 0L, 0L, 2L)),
        new TableLoad.Hash(12, 128, -3, List.of(12L, 0L, 0L, 0L, 0L, 0L, 0L)));
  }

  private static PulseStatus.LinkStatus link() {
    return new PulseStatus.LinkStatus(
        "public",
        "127.0.0.2",
        "127.0.0.3",
        true,
        true,
        40,
        new LinkStats.Counters(120, 5, 118, 2, 9, new Refusals(1, 2, 3, 0), 200, 1_500, 1));
  }

  private static AddressStatus addresses() {
    var places =
        List.of(
            new AddressStatus.Place("192.0.2.80/24", "eth0", true, 1_200),
            new AddressStatus.Place("2001:db8::80/64", "", false, -1));
    return new AddressStatus(
        places,
        240,
        1,
        2,
        1,
        5,
        "192.0.2.80 is answered for by 02:00:00:00:00:09 too",
        3,
        "there is no interface eth7");
  }

  private static SyncStatus sync() {
    var progress = new SyncStatus.Progress(20_000, 1, 1_200, 300, true);
    return new SyncStatus(true, "eth1", 7, true, false, "", progress, 4);
  }

  private static StatusReport.Service service() {
    return new StatusReport.Service(
        "web",
        "TCP 127.0.0.100:8080",
        "wlc",
        "127.0.0.9:80",
        "",
        9,
        List.of(
            new StatusReport.Server(
                "web1",
                "127.0.0.11:8080",
                Health.State.UP,
                4_000,
                true,
                2,
                1,
                0,
                8,
                "HTTP/1.1 200",
                120),
            new StatusReport.Server(
                "web2", "127.0.0.12:8080", Health.State.DOWN, 150_000, false, 1, 0, 0, 0, "", -1)));
  }
}
