// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.ipvs.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostSettingsTest {
  private static final HostSetting FORWARD =
      new HostSetting("net.ipv4.ip_forward", "1", "nothing is forwarded", true);
  private static final HostSetting FILTER =
      new HostSetting("net.ipv4.conf.all.rp_filter", "2", "packets are dropped", false);
  private static final HostSetting REUSE =
      new HostSetting("net.ipv4.vs.conn_reuse_mode", "1", "old servers", false);
  private static final List<HostSetting> ALL = List.of(FORWARD, FILTER, REUSE);

  @TempDir private Path folder;

  @BeforeEach
  void aMachine() throws IOException {
    write("net/ipv4/ip_forward", "0\n");
    write("net/ipv4/conf/all/rp_filter", "0\n");
    write("net/ipv4/conf/lo/rp_filter", "1\n");
    write("net/ipv4/conf/eth0/rp_filter", "0\n");
  }

  @Test
  void whatIsWrongIsSetAndPutBack() throws IOException {
    settings("boot").set(ALL);
    assertThat(read("net/ipv4/ip_forward")).isEqualTo("1");
    assertThat(read("net/ipv4/conf/all/rp_filter")).isEqualTo("0");
    settings("boot").restore(ALL);
    assertThat(read("net/ipv4/ip_forward")).isEqualTo("0");
    assertThat(folder.resolve("state/notes")).doesNotExist();
  }

  @Test
  void whatItWasBeforeTheFirstStartIsPutBackAfterASecondOne() throws IOException {
    settings("boot").set(ALL);
    settings("boot").set(ALL);
    settings("boot").restore(ALL);
    assertThat(read("net/ipv4/ip_forward")).isEqualTo("0");
  }

  @Test
  void whatSomebodyElseSetSinceStays() throws IOException {
    settings("boot").set(ALL);
    write("net/ipv4/ip_forward", "2\n");
    settings("boot").restore(ALL);
    assertThat(read("net/ipv4/ip_forward")).isEqualTo("2");
  }

  @Test
  void whatWasRightIsNotPutBack() throws IOException {
    write("net/ipv4/ip_forward", "1\n");
    settings("boot").set(ALL);
    settings("boot").restore(ALL);
    assertThat(read("net/ipv4/ip_forward")).isEqualTo("1");
  }

  @Test
  void notesOfAnotherBootMeanNothing() throws IOException {
    settings("boot").set(ALL);
    settings("another").restore(ALL);
    assertThat(read("net/ipv4/ip_forward")).isEqualTo("1");
  }

  @Test
  void aStrictDeviceMakesAllOfThemLoose() throws IOException {
    write("net/ipv4/conf/eth0/rp_filter", "1\n");
    settings("boot").set(ALL);
    assertThat(read("net/ipv4/conf/all/rp_filter")).isEqualTo("2");
  }

  @Test
  void aSettingThatTheKernelDoesNotHaveIsNotWrong() {
    assertThat(settings("boot").isRight(REUSE)).isTrue();
    assertThat(settings("boot").isRight(FORWARD)).isFalse();
    settings("boot").set(ALL);
    assertThat(folder.resolve("sys/net/ipv4/vs")).doesNotExist();
  }

  @Test
  void whatCannotBeNotedIsNotSet() throws IOException {
    write("../state", "a file where the folder should be");
    settings("boot").set(ALL);
    assertThat(read("net/ipv4/ip_forward")).isEqualTo("0");
  }

  private HostSettings settings(String place) {
    return new HostSettings(folder.resolve("sys"), folder.resolve("state/notes"), place);
  }

  private void write(String path, String text) throws IOException {
    var file = folder.resolve("sys").resolve(path).normalize();
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private String read(String path) throws IOException {
    return Files.readString(folder.resolve("sys").resolve(path)).strip();
  }
}
