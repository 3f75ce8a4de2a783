// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.vm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lvsdirector.director.Main;
import org.lvsdirector.engine.ipvs.IpvsSettings;
import org.lvsdirector.engine.table.Tables;

/**
 * Loads, outside the guest and touching nothing there, the classes that the tests need inside: what
 * a JVM loads here goes into the archive that the guest's starts from.
 */
class WarmUp {
  @TempDir private Path folder;

  @Test
  void assertionsAndConditions() {
    var turns = new AtomicInteger();
    await().untilAsserted(() -> assertThat(turns.incrementAndGet()).isGreaterThan(1));
    assertThat("one\ntwo").contains("one").startsWith("one").isEqualTo("one\n" + "two");
    assertThat("one\ntwo".lines().toList()).containsExactlyInAnyOrder("two", "one").hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({"NAT, 10.9.1.100", "direct routing, 10.9.0.100"})
  void commands(String method, String address) {
    assertThat(Guest.run("echo", method, address)).contains(method);
  }

  @Test
  void theDirectorCommandThatFindsNoDaemon() {
    var out = new StringWriter();
    var socket = folder.resolve("none").toString();
    for (var command : new String[] {"table", "status"}) {
      var line = Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(out));
      assertThat(line.execute(command, "--socket", socket)).isNotZero();
    }
    assertThat(out.toString()).contains("none");
  }

  @Test
  void theEngine() throws ClassNotFoundException {
    var loader = WarmUp.class.getClassLoader();
    assertThat(Tables.ipv4()).isNotNull();
    assertThat(Class.forName("org.lvsdirector.vm.ForwardingIT", true, loader)).isNotNull();
    assertThat(Class.forName("org.lvsdirector.vm.Ipv4ContractIT", true, loader)).isNotNull();
    assertThat(new IpvsSettings(IpvsSettings.Adoption.OWN, folder)).isNotNull();
  }
}
