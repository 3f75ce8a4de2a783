// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SysctlTest {
  @Test
  void aNumberOfTheKernelIsReadWhole() throws IOException {
    var text = Sysctl.read(Path.of("/proc/sys/kernel/threads-max"));
    assertThat(Integer.parseInt(text)).isGreaterThan(99);
  }

  @Test
  void anEmptySettingIsEmptyAndOneThatIsNotThereIsNone(@TempDir Path folder) throws IOException {
    assertThat(Sysctl.read(Files.writeString(folder.resolve("empty"), "\n"))).isEmpty();
    assertThatExceptionOfType(NoSuchFileException.class)
        .isThrownBy(() -> Sysctl.read(folder.resolve("none")));
  }
}
