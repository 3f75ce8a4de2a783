// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lvsdirector.engine.KernelNeed;
import org.lvsdirector.engine.KernelNeed.When;
import org.lvsdirector.engine.KernelState;
import org.lvsdirector.linux.KeptSettings;

class KernelSettingsTest {
  private static final KernelNeed FORWARD =
      KernelNeed.setting("net.ipv4.ip_forward", "1", "nothing is forwarded");
  private static final KernelNeed FILTER = KernelNeed.LOOSE_REVERSE_PATH;
  private static final KernelNeed REUSE =
      KernelNeed.setting("net.ipv4.vs.conn_reuse_mode", "1", "old servers");
  private static final KernelNeed SYNC =
      KernelNeed.setting("net.ipv4.sync", "1", "").when(When.CONNECTION_SYNC, false);
  private static final List<KernelNeed> ALL =
      List.of(KernelNeed.module("ip_vs", ""), FORWARD, FILTER, REUSE, SYNC);

  @TempDir private Path folder;

  @BeforeEach
  void aMachine() throws IOException {
    write("net/ipv4/ip_forward", "0\n");
    write("net/ipv4/sync", "0\n");
    write("net/ipv4/conf/all/rp_filter", "0\n");
    write("net/ipv4/conf/lo/rp_filter", "1\n");
    write("net/ipv4/conf/eth0/rp_filter", "0\n");
  }

  @Test
  void whatIsWrongIsSetAndPutBack() throws IOException {
    try (var settings = settings(false)) {
      settings.set(ALL);
      assertThat(read("net/ipv4/ip_forward")).isEqualTo("1");
      assertThat(read("net/ipv4/conf/all/rp_filter")).isEqualTo("0");
      assertThat(read("net/ipv4/sync")).isEqualTo("0");
    }
    assertThat(read("net/ipv4/ip_forward")).isEqualTo("0");
    assertThat(folder.resolve("state/notes")).doesNotExist();
  }

  @Test
  void whatItWasBeforeTheFirstStartIsPutBackAfterASecondOne() throws IOException {
    settings(true).set(ALL);
    try (var settings = settings(false)) {
      settings.set(ALL);
    }
    assertThat(read("net/ipv4/ip_forward")).isEqualTo("0");
  }

  @Test
  void whatTheNextDaemonDoesNotNeedIsPutBackAtOnce() throws IOException {
    try (var keeping = settings(true)) {
      keeping.set(ALL);
    }
    assertThat(read("net/ipv4/ip_forward")).isEqualTo("1");
    settings(true).set(List.of(FILTER));
    assertThat(read("net/ipv4/ip_forward")).isEqualTo("0");
  }

  @Test
  void aStrictDeviceMakesAllOfThemLoose() throws IOException {
    write("net/ipv4/conf/eth0/rp_filter", "1\n");
    settings(true).set(ALL);
    assertThat(read("net/ipv4/conf/all/rp_filter")).isEqualTo("2");
  }

  @Test
  void aSettingThatTheKernelDoesNotHaveIsNotWrong() {
    var state = new KernelState(folder.resolve("sys"));
    assertThat(state.isRight(REUSE)).isTrue();
    assertThat(state.isRight(FORWARD)).isFalse();
    settings(true).set(ALL);
    assertThat(folder.resolve("sys/net/ipv4/vs")).doesNotExist();
  }

  @Test
  void whatCannotBeNotedIsSetAllTheSame() throws IOException {
    write("../state", "a file where the folder should be");
    settings(true).set(ALL);
    assertThat(read("net/ipv4/ip_forward")).isEqualTo("1");
  }

  private KernelSettings settings(boolean isKeeping) {
    var root = folder.resolve("sys");
    return new KernelSettings(
        root, new KeptSettings(root, folder.resolve("state/notes"), "boot"), isKeeping);
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
