// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lvsdirector.config.Config;
import org.lvsdirector.config.Protocol;
import org.lvsdirector.config.lvscf.LvsCf;
import org.lvsdirector.director.doctor.Finding.State;
import org.lvsdirector.engine.choice.Engines;

/** A port of a service that a local server has. */
class PortFindingsTest {
  private static final String HEAD = "  sl  local_address rem_address   st tx_queue rx_queue\n";

  @TempDir private Path root;

  @Test
  void whoeverListensOnAllAddressesIsInTheWay() throws IOException {
    kernel("tcp", "00000000:0050 00000000:0000 0A");

    assertThat(found("tcp", 80, false))
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.state()).isEqualTo(State.FAULT);
              assertThat(one.name()).isEqualTo("service web");
              assertThat(one.detail()).contains("0.0.0.0:80", "192.0.2.80:80");
              assertThat(one.mend()).contains("ss -tlnp 'sport = 80'");
            });
    assertThat(found("tcp", 81, false)).allSatisfy(PortFindingsTest::isFine);
    assertThat(found("udp", 80, false)).allSatisfy(PortFindingsTest::isFine);
  }

  @Test
  void soIsAUdpSocketOfAllAddresses() throws IOException {
    kernel("udp", "00000000:0035 00000000:0000 07");

    assertThat(found("udp", 53, false))
        .singleElement()
        .satisfies(one -> assertThat(one.mend()).contains("ss -ulnp 'sport = 53'"));
  }

  @Test
  void whoListensOnTheAddressItselfIsInTheWayUnlessItIsThisDirector() throws IOException {
    kernel("tcp", "500200C0:0050 00000000:0000 0A");

    assertThat(found("tcp", 80, false)).allSatisfy(one -> assertThat(one.state()).isEqualTo(FAULT));
    assertThat(found("tcp", 80, true)).allSatisfy(PortFindingsTest::isFine);
  }

  /** Connections, other addresses. */
  @Test
  void whatIsNotInTheWayIsNotTold() throws IOException {
    kernel("tcp", "00000000:0050 0100007F:1234 01", "0100007F:0050 00000000:0000 0A");

    assertThat(found("tcp", 80, false)).allSatisfy(PortFindingsTest::isFine);
  }

  @Test
  void aSocketOfAllIpv6AddressesCountsForIpv4OnlyWhereItTakesThatToo() throws IOException {
    kernel("tcp6", "0".repeat(32) + ":0050 " + "0".repeat(32) + ":0000 0A");

    for (var isBoth : List.of(true, false)) {
      var found =
          new PortFindings(
                  new MachineFiles(root), config("tcp", 80).services(), false, (_, _) -> isBoth)
              .all();
      assertThat(found)
          .allSatisfy(one -> assertThat(one.state()).isEqualTo(isBoth ? FAULT : State.OK));
    }
  }

  /** On this machine, with a server that is there. */
  @Test
  void aServerOfThisMachineIsFoundAndOneOfALoopbackAddressIsNot() throws IOException {
    for (var address : List.of("0.0.0.0", "127.0.0.1")) {
      try (var server = new ServerSocket(0, 1, InetAddress.getByName(address))) {
        var found =
            PortFindings.of(
                    new MachineFiles(Path.of("/")),
                    Engines.kinds().stream()
                        .filter(kind -> kind.word().equals("proxy"))
                        .findFirst()
                        .orElseThrow(),
                    config("tcp", server.getLocalPort()),
                    new RunningFindings(null, ""))
                .all();
        var isInTheWay = address.equals("0.0.0.0");
        assertThat(found)
            .as(address)
            .allSatisfy(one -> assertThat(one.state()).isEqualTo(isInTheWay ? FAULT : State.OK));
      }
    }
  }

  @Test
  void anEngineOfTheKernelTakesNoPort() {
    var ipvs =
        Engines.kinds().stream()
            .filter(kind -> kind.word().equals("ipvs"))
            .findFirst()
            .orElseThrow();
    var found =
        PortFindings.of(
            new MachineFiles(root), ipvs, config("tcp", 80), new RunningFindings(null, ""));
    assertThat(found.all()).isEmpty();
  }

  private static final State FAULT = State.FAULT;

  private static void isFine(Finding finding) {
    assertThat(finding.state()).isEqualTo(State.OK);
  }

  private List<Finding> found(String protocol, int port, boolean isActive) {
    return new PortFindings(
            new MachineFiles(root),
            config(protocol, port).services(),
            isActive,
            (Protocol _, int _) -> false)
        .all();
  }

  private static Config config(String protocol, int port) {
    var read =
        LvsCf.parse(
            """
            primary = 192.0.2.1
            virtual web {
              address = 192.0.2.80 eth0:1
              active = 1
              protocol = %s
              port = %d
              check = none
              server one {
                address = 192.0.2.11
                active = 1
              }
            }
            """
                .formatted(protocol, port));
    return Objects.requireNonNull(read.config(), () -> read.problems().toString());
  }

  private void kernel(String name, String... sockets) throws IOException {
    var file = root.resolve("proc/net/" + name);
    Files.createDirectories(file.getParent());
    var text = new StringBuilder(HEAD);
    for (var i = 0; i < sockets.length; i++) {
      text.append("   %d: %s 00000000:00000000 00:00000000%n".formatted(i, sockets[i]));
    }
    Files.writeString(file, text);
  }
}
