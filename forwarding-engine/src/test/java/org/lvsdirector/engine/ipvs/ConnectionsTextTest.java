// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.ipvs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import org.junit.jupiter.api.Test;
import org.lvsdirector.engine.ListedConnection;

class ConnectionsTextTest {
  private static final String HEADING =
      "Pro FromIP   FPrt ToIP     TPrt DestIP   DPrt State       Expires PEName PEData\n";

  @Test
  void connectionsOfBothFamiliesAreRead() {
    var text =
        HEADING
            + "TCP 0A090002 A340 0A090064 0050 0A09000C 0050 ESTABLISHED     898\n"
            + "TCP fd09:0000:0000:0000:0000:0000:0000:0002 A342"
            + " fd09:0000:0000:0000:0000:0000:0000:0100 0050"
            + " fd09:0000:0000:0000:0000:0000:0000:0011 0050 FIN_WAIT        118\n"
            + "UDP 0A090002 C001 0A090068 0035 0A09000B 0035 UDP             299\n";
    assertThat(ConnectionsText.parse(text))
        .containsExactly(
            new ListedConnection(
                "TCP", "ESTABLISHED", 898, "10.9.0.2:41792", "10.9.0.100:80", "10.9.0.12:80"),
            new ListedConnection(
                "TCP", "FIN_WAIT", 118, "[fd09::2]:41794", "[fd09::100]:80", "[fd09::11]:80"),
            new ListedConnection(
                "UDP", "UDP", 299, "10.9.0.2:49153", "10.9.0.104:53", "10.9.0.11:53"));
  }

  @Test
  void templatesOfPersistenceHaveNoPortAndThoseOfMarksTheMarkAsAddress() {
    var text =
        HEADING
            + "TCP 0A090002 0000 0A090069 0050 0A09000B 0050 ASSURED          59\n"
            + "IP  0A090002 0000 00000007 0000 0A09000C 0000 NONE             60\n";
    assertThat(ConnectionsText.parse(text))
        .extracting(ListedConnection::client, ListedConnection::virtual)
        .containsExactly(tuple("10.9.0.2:0", "10.9.0.105:80"), tuple("10.9.0.2:0", "0.0.0.7:0"));
  }

  @Test
  void whatAPersistenceEngineAddsIsPassedOver() {
    var text =
        HEADING + "UDP 0A090002 13C4 0A090064 13C4 0A09000B 13C4 UDP             299 sip call-7\n";
    assertThat(ConnectionsText.parse(text)).hasSize(1);
  }

  @Test
  void anEmptyTableAndLinesOfAnotherShapeAreNoConnections() {
    assertThat(ConnectionsText.parse("")).isEmpty();
    assertThat(ConnectionsText.parse(HEADING)).isEmpty();
    assertThat(
            ConnectionsText.parse(
                HEADING
                    + "TCP 0A090002\n\n"
                    + "TCP 0A0900 A340 0A090064 0050 0A09000C 0050 ESTABLISHED 898\n"
                    + "TCP 0A090002 A340 0A090064 0050 0A09000C 0050 ESTABLISHED soon\n"))
        .isEmpty();
  }
}
