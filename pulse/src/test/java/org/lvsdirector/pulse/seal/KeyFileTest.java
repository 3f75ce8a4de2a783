// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys on disk. */
class KeyFileTest {

  private static final KeyRing KEYS = new KeyRing(List.of(SealKey.of(new byte[32])));

  @TempDir Path folder = Path.of("");

  @Test
  void whatIsWrittenIsReadAndTheOwnersAlone() throws IOException {
    var file = folder.resolve("key");
    KeyFile.write(file, KEYS);
    assertThat(KeyFile.read(file)).isEqualTo(KEYS);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void aFileThatOthersMayReadIsRefused() throws IOException {
    var file = folder.resolve("key");
    for (var mode : List.of("rw-r-----", "rw----r--", "rw--w----", "rw-----w-")) {
      KeyFile.write(file, KEYS);
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
      assertThatThrownBy(() -> KeyFile.read(file)).as(mode).hasMessageContaining("chmod 600");
    }
  }

  @Test
  void aMissingFileSaysHowToMakeOne() {
    assertThatThrownBy(() -> KeyFile.read(folder.resolve("none")))
        .hasMessageContaining("director keygen");
  }
}
