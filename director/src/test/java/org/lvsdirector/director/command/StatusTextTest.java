// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lvsdirector.config.Role;
import org.lvsdirector.director.admin.StatusFixture;
import org.lvsdirector.director.admin.StatusReport;

final class StatusTextTest {
  @Test
  void showsBothDirectorsTheLinksAndEveryServer() {
    var text =
        StatusText.of(
            StatusFixture.with(
                new StatusReport.Partner("backup", true, Role.STANDBY, true, 40, true)));

    assertThat(text)
        .isEqualTo(
            """
            DIRECTOR            ROLE     SINCE                  FIT  CONFIG    DETAIL
            primary (this one)  ACTIVE   5.0 s (nobody-active)  fit  0a1b2c3d  term 3, pid 77
            backup              STANDBY  heard 40 ms ago        fit  same

            waits for a restart: keepalive = 200ms (100ms is in force)

            LINK    LOCAL      PARTNER    STATE  LAST HEARD  SENT  RECEIVED  LOST  JITTER
            public  127.0.0.2  127.0.0.3  up     40 ms ago   120   118       2     0.2 ms, p99 1.5 ms
              NOT SEALED: anybody on these networks can forge heartbeats; see `director keygen --help`
              refused on public: 1 unsealed, 2 of another key, 3 forged, 0 replayed
              steps that failed by a defect: 3; please report what the log has of them
              this director did not run in time 1 times, for up to 812 ms
              its takeover was noticed 0.2 ms late; term after 3.1 ms, addresses after 5.0 ms, announced after 5.5 ms
              ping targets: SILENT
              witness: has granted the lease
              LOG IS NOT READ for 12.4 s: look at journald, or at what reads this daemon's output
              lines missing in the log: 313

            engine proxy
              not ipvs: this kernel has no ip_vs
              table of connections: 9424 in 524288 buckets, load 0.0180 (grows above 0.03125), longest chain 7 or more, LONG CHAINS in 2 buckets
              table of services: 12 in 128 buckets, load 0.0938 (grows above 0.125), longest chain 1

            ADDRESS          DEVICE  STATE     ANNOUNCED
            192.0.2.80/24    eth0    held      1.2 s ago
            2001:db8::80/64  (none)  not held  -
            announcements: 240 frames, 1 failed, 3 of other machines; put back: 2; removed: 1
            PROBLEM: 192.0.2.80 is answered for by 02:00:00:00:00:09 too
            PROBLEM: there is no interface eth7

            connection sync on eth1 id 7: sends, kernel daemon master
              the partner is in sync: 19999 of 20000 (99.9 %), oldest missing 1.2 s, compared 300 ms ago

            TCP 127.0.0.100:8080 wlc  web, connections 9, sorry server 127.0.0.9:80
              SERVER  ADDRESS          STATE       WEIGHT  ACTIVE  INACT  CONNS  LAST CHECK
              web1    127.0.0.11:8080  UP 4.0 s    2       1       0      8      120 ms ago: HTTP/1.1 200
              web2    127.0.0.12:8080  DOWN 2 min  -       0       0      0      none yet
            """);
  }

  @Test
  void tellsASilentPartnerAndOneThatNeverSpoke() {
    assertThat(
            StatusText.of(
                StatusFixture.with(
                    new StatusReport.Partner("backup", false, Role.ACTIVE, true, 9_000, true))))
        .contains("SILENT (was ACTIVE)");
    assertThat(
            StatusText.of(
                StatusFixture.with(
                    new StatusReport.Partner("backup", false, null, false, -1, false))))
        .contains("never heard");
    assertThat(StatusText.of(StatusFixture.with(null))).contains("(no partner)");
    assertThat(StatusText.of(StatusFixture.withoutRealTime()))
        .contains("heartbeats are not sent in real time: EPERM");
  }

  @Test
  void tellsAPartnerWithAnotherConfiguration() {
    assertThat(
            StatusText.of(
                StatusFixture.with(
                    new StatusReport.Partner("backup", true, Role.STANDBY, true, 40, false))))
        .contains("DIFFERS");
  }

  @ParameterizedTest
  @CsvSource({
    "85, 85 ms",
    "4200, 4.2 s",
    "59999, 60.0 s",
    "179000, 2 min",
    "27000000, 7.5 h",
    "1036800000, 12 d"
  })
  void roundsDurationsDownInTheUnitThatFits(long millis, String text) {
    assertThat(StatusText.duration(millis)).isEqualTo(text);
  }
}
