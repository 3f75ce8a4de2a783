// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lvsdirector.config.IpAddress;
import org.lvsdirector.config.Pair;
import org.lvsdirector.config.Pair.Link;
import org.lvsdirector.config.directorconf.DirectorConf;
import org.lvsdirector.director.machine.StartException;
import org.lvsdirector.pulse.seal.SealKey;
import org.lvsdirector.pulse.seal.SealPolicy;

/** Which pairs may run without a key. */
class HeartbeatKeysTest {

  private static final Link OUTSIDE = link("192.0.2.2", "192.0.2.3");
  private static final Link INSIDE = link("127.0.0.2", "127.0.0.3");
  private static final Link INSIDE_IPV6 = link("::1", "::1");

  @TempDir Path folder = Path.of("unset");

  @Test
  void aPairBeyondThisMachineDoesNotStartWithoutAKey() {
    for (var links : List.of(List.of(OUTSIDE), List.of(INSIDE, OUTSIDE))) {
      assertThatThrownBy(() -> HeartbeatKeys.read(withKey(folder.resolve("key")), pair(links)))
          .isInstanceOf(StartException.class)
          .hasMessageContaining("director keygen")
          .hasMessageContaining("heartbeat.key-file = none");
    }
  }

  @Test
  void theUsualPlaceCountsWhenNothingIsWritten() {
    Assumptions.assumeFalse(Files.exists(DirectorConf.USUAL_KEY_FILE));
    assertThatThrownBy(() -> HeartbeatKeys.read(conf(Map.of()), pair(List.of(OUTSIDE))))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("director keygen " + DirectorConf.USUAL_KEY_FILE);
  }

  @Test
  void whoSaysNoneRunsWithoutAndSoDoesAPairOnTheLoopback() throws StartException {
    var none = conf(Map.of("heartbeat.key-file", "none"));
    assertThat(HeartbeatKeys.read(none, pair(List.of(OUTSIDE)))).isEqualTo(SealPolicy.NONE);
    Assumptions.assumeFalse(Files.exists(DirectorConf.USUAL_KEY_FILE));
    var inside = pair(List.of(INSIDE, INSIDE_IPV6));
    assertThat(HeartbeatKeys.read(conf(Map.of()), inside)).isEqualTo(SealPolicy.NONE);
  }

  @Test
  void aKeyThatIsNamedIsUsedOnTheLoopbackToo() throws Exception {
    var file = folder.resolve("key");
    assertThatThrownBy(() -> HeartbeatKeys.read(withKey(file), pair(List.of(INSIDE))))
        .isInstanceOf(StartException.class);
    Files.writeString(file, "key " + Base64.getEncoder().encodeToString(new byte[SealKey.BYTES]));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    for (var link : List.of(INSIDE, OUTSIDE)) {
      assertThat(HeartbeatKeys.read(withKey(file), pair(List.of(link))).keys()).isNotNull();
    }
  }

  private static DirectorConf withKey(Path file) {
    return conf(Map.of("heartbeat.key-file", file.toString()));
  }

  private static DirectorConf conf(Map<String, String> settings) {
    return Objects.requireNonNull(DirectorConf.read(null, settings).conf());
  }

  private static Pair pair(List<Link> links) {
    return new Pair(true, links, 5390, Duration.ofMillis(100), Duration.ofMillis(750));
  }

  private static Link link(String primary, String backup) {
    return new Link("link", IpAddress.of(primary), IpAddress.of(backup));
  }
}
