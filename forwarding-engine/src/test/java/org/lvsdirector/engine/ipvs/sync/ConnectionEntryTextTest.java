// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.ipvs.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lvsdirector.config.IpAddress.Family;
import org.lvsdirector.engine.ipvs.sync.exchange.ConnectionEntries;
import org.lvsdirector.engine.ipvs.sync.exchange.ConnectionEntry;

class ConnectionEntryTextTest {
  @Test
  void establishedConnectionIsRead() {
    var flow = read("TCP 0A090002 0439 0A4D0001 0051 0A09000B 1F91 ESTABLISHED     894");
    assertThat(flow.client()).hasToString("10.9.0.2:1081");
    assertThat(flow.virtual()).hasToString("10.77.0.1:81");
    assertThat(flow.server()).hasToString("10.9.0.11:8081");
    assertThat(flow.kind()).isEqualTo(new ConnectionEntry.Kind(Family.IPV4, 6, false));
    assertThat(flow.state()).isEqualTo(1);
    assertThat(flow.expiresSeconds()).isEqualTo(894);
  }

  @Test
  void ipv6IsRead() {
    var flow =
        read(
            "TCP fd09:0000:0000:0000:0000:0000:0000:0002 0438"
                + " fd77:0000:0000:0000:0000:0000:0000:0001 0050"
                + " fd09:0000:0000:0000:0000:0000:0000:0011 0050 ESTABLISHED     894");
    assertThat(flow.client()).hasToString("[fd09::2]:1080");
    assertThat(flow.server()).hasToString("[fd09::11]:80");
    assertThat(flow.kind().family()).isEqualTo(Family.IPV6);
  }

  @Test
  void templatesAreToldFromConnections() {
    var template = read("TCP 0A090002 0000 0A4D0001 01BB 0A09000C 01BB ASSURED         234");
    assertThat(template.isTemplate()).isTrue();
    assertThat(template.state()).isEqualTo(1);
    var ofMark = read("IP  0A090002 0000 00000005 0000 0A09000C 0000 NONE            294");
    assertThat(ofMark.protocol()).isZero();
    assertThat(ofMark.isTemplate()).isTrue();
    assertThat(ofMark.state()).isZero();
    assertThat(
            read("UDP 0A090002 14E9 0A4D0001 0035 0A09000B 0035 UDP             294").isTemplate())
        .isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Pro FromIP   FPrt ToIP     TPrt DestIP   DPrt State       Expires PEName PEData",
        "TCP 0A090002 0439 0A4D0001 0051 0A09000B 1F91 SYN_RECV         57",
        "TCP 0A090002 0439 0A4D0001 0051 0A09000B 1F91 FIN_WAIT         57",
        "TCP 0A090002 0439 0A4D0001 0051 0A09000B 1F91 ESTABLISHED",
        "TCP 0A090002 0439 0A4D0001 0051 0A09000B 1F91 ESTABLISHED -1",
        "TCP 0A0900 0439 0A4D0001 0051 0A09000B 1F91 ESTABLISHED 5",
        "TCP 0A090002 04394 0A4D0001 0051 0A09000B 1F91 ESTABLISHED 5",
        "TCP 0A09000200000000000000000000000000000000 0439 0A4D0001 0051 0A 1 ESTABLISHED 5",
        "TCP 0A090002 0439 0A4D0001 0051 fd09:0000:0000:0000:0000:0000:0000:0011 0050 ESTABLISHED"
            + " 5",
        "UDP 0A090002 0000 0A4D0001 13C4 0A09000C 13C4 NONE             94 sip abc12345@host"
      })
  void whatIsNoLastingConnectionIsLeftOut(String line) {
    assertThat(ConnectionEntries.line(line)).isNull();
  }

  @Test
  void aLongFileIsReadToItsEnd(@TempDir Path folder) throws IOException {
    var text = new StringBuilder("Pro FromIP FPrt ToIP TPrt DestIP DPrt State Expires\n");
    for (var i = 0; i < 5_000; i++) {
      text.append("TCP 0A%06X 0439 0A4D0001 0051 0A09000B 1F91 ESTABLISHED 894\n".formatted(i));
    }
    var file = folder.resolve("ip_vs_conn");
    Files.writeString(file, text);
    List<ConnectionEntry> flows = new ArrayList<>();
    new ConnectionEntryFile(file).read(flows::add);
    assertThat(flows).hasSize(5_000).doesNotHaveDuplicates();
    assertThat(flows.getLast().client()).hasToString("10.0.19.135:1081");
  }

  @Test
  void noTableHasNoConnections(@TempDir Path folder) throws IOException {
    List<ConnectionEntry> flows = new ArrayList<>();
    new ConnectionEntryFile(folder.resolve("none")).read(flows::add);
    assertThat(flows).isEmpty();
  }

  private static ConnectionEntry read(String line) {
    return Objects.requireNonNull(ConnectionEntries.line(line));
  }
}
