// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lvsdirector.engine.EngineStats.Counters;
import org.lvsdirector.engine.EngineStats.ServerCounters;
import org.lvsdirector.engine.ListedConnection;
import org.lvsdirector.engine.ListedTable;
import org.lvsdirector.engine.ListedTable.ListedServer;
import org.lvsdirector.engine.ListedTable.ListedService;

/** The texts are those of ipvsadm 1.31, to the letter. */
class TableTextTest {
  private static final Counters NOTHING = new Counters(0, 0, 0, 0, 0);
  private static final Counters SOME = new Counters(4, 24, 0, 1576, 123_456_789_012L);

  private static final ListedTable TABLE =
      new ListedTable(
          "1.2.1",
          4096,
          List.of(
              service(7, "FWM", "0.0.0.0", 0, 60, "255.255.255.0"),
              service(0, "UDP", "10.9.0.104", 53, 0, ""),
              service(0, "TCP", "fd09::100", 80, 0, ""),
              service(0, "TCP", "10.9.0.100", 80, 0, "")));

  private static ListedService service(
      long mark, String protocol, String address, int port, long persistent, String mask) {
    var isIpv6 = address.indexOf(':') >= 0;
    return new ListedService(
        mark,
        protocol,
        address,
        port,
        mark == 0 ? "rr" : "sh",
        mark == 0 ? List.of() : List.of("sh-fallback", "sh-port"),
        persistent,
        mask,
        protocol.equals("UDP"),
        "",
        SOME,
        NOTHING,
        List.of(
            server(isIpv6 ? "fd09::12" : "10.9.0.12", port, "Route"),
            server(isIpv6 ? "fd09::11" : "10.9.0.11", port, "Masq")));
  }

  private static ListedServer server(String address, int port, String method) {
    return new ListedServer(
        address, port, method, "", 1, 0, 0, new ServerCounters(2, 31, 0, SOME), NOTHING);
  }

  @Test
  void theTableIsThatOfIpvsadm() {
    assertThat(TableText.of(TABLE, TableText.Columns.TABLE))
        .isEqualTo(
            """
            IP Virtual Server version 1.2.1 (size=4096)
            Prot LocalAddress:Port Scheduler Flags
              -> RemoteAddress:Port           Forward Weight ActiveConn InActConn
            TCP  10.9.0.100:80 rr
              -> 10.9.0.11:80                 Masq    1      2          31       \s
              -> 10.9.0.12:80                 Route   1      2          31       \s
            UDP  10.9.0.104:53 rr ops
              -> 10.9.0.11:53                 Masq    1      2          31       \s
              -> 10.9.0.12:53                 Route   1      2          31       \s
            TCP  [fd09::100]:80 rr
              -> [fd09::11]:80                Masq    1      2          31       \s
              -> [fd09::12]:80                Route   1      2          31       \s
            FWM  7 sh (sh-fallback,sh-port) persistent 60 mask 255.255.255.0
              -> 10.9.0.11:0                  Masq    1      2          31       \s
              -> 10.9.0.12:0                  Route   1      2          31       \s
            """);
  }

  @Test
  void countersAndRatesHaveTheirColumns() {
    var lines = TableText.of(TABLE, TableText.Columns.COUNTERS).lines().toList();
    assertThat(lines.subList(1, 5))
        .containsExactly(
            "Prot LocalAddress:Port               Conns   InPkts  OutPkts  InBytes OutBytes",
            "  -> RemoteAddress:Port",
            "TCP  10.9.0.100:80                       4       24        0     1576     123G",
            "  -> 10.9.0.11:80                        4       24        0     1576     123G");
    assertThat(TableText.of(TABLE, TableText.Columns.RATES).lines().toList().subList(1, 4))
        .containsExactly(
            "Prot LocalAddress:Port                 CPS    InPPS   OutPPS    InBPS   OutBPS",
            "  -> RemoteAddress:Port",
            "TCP  10.9.0.100:80                       0        0        0        0        0");
  }

  @ParameterizedTest
  @CsvSource({
    "0, '       0'",
    "99999999, 99999999",
    "100000000, ' 100000K'",
    "999999999, ' 999999K'",
    "1000000000, '   1000M'",
    "99999999999, '  99999M'",
    "100000000000, '    100G'",
    "100000000000000, '    100T'"
  })
  void largeNumbersAreShortened(long number, String text) {
    assertThat(TableText.number(number)).isEqualTo(text);
  }

  @Test
  void connectionsAreThoseOfIpvsadm() {
    assertThat(
            TableText.of(
                List.of(
                    new ListedConnection(
                        "TCP",
                        "ESTABLISHED",
                        898,
                        "10.9.0.2:41792",
                        "10.9.0.100:80",
                        "10.9.0.12:80"),
                    new ListedConnection(
                        "IP", "NONE", 6060, "10.9.0.2:0", "0.0.0.7:0", "10.9.0.12:0"))))
        .isEqualTo(
            """
            IPVS connection entries
            pro expire state       source             virtual            destination
            TCP 14:58  ESTABLISHED 10.9.0.2:41792     10.9.0.100:80      10.9.0.12:80
            IP  101:00 NONE        10.9.0.2:0         0.0.0.7:0          10.9.0.12:0
            """);
  }
}
