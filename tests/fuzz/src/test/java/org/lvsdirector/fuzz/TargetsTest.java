// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every decoder reads a message of each kind, and what once broke it. */
class TargetsTest {
  private static final Path KEPT = Path.of("src/test/resources/org/lvsdirector/fuzz/inputs");

  static List<String> names() {
    return Targets.names();
  }

  @ParameterizedTest
  @MethodSource("names")
  void readsMessagesOfAllKindsWholeAndCut(String name) throws Exception {
    for (var message : Targets.messages()) {
      for (var length = 0; length <= message.length; length++) {
        DecoderTarget.check(Targets.named(name), Arrays.copyOf(message, length));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void readsWhatBrokeItOnce(String name) throws Exception {
    var folder = KEPT.resolve(name);
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (var files = Files.list(folder)) {
      for (var file : files.toList()) {
        DecoderTarget.check(Targets.named(name), Files.readAllBytes(file));
      }
    }
  }

  @Test
  void whatIsKeptBelongsToADecoder() throws IOException {
    if (!Files.isDirectory(KEPT)) {
      return;
    }
    try (var folders = Files.list(KEPT)) {
      assertThat(folders.map(folder -> folder.getFileName().toString()))
          .isSubsetOf(Targets.names());
    }
  }

  @Test
  void whoMakesTooMuchOfAnInputIsFound() {
    Reading wasteful = bytes -> System.arraycopy(new byte[1 << 24], 0, bytes, 0, 1);
    assertThatThrownBy(() -> DecoderTarget.check(wasteful, new byte[1]))
        .hasMessageContaining("bytes allocated for 00");
  }

  @Test
  void whoThrowsAnythingButARefusalIsFound() {
    assertThatThrownBy(
            () -> DecoderTarget.check(bytes -> Arrays.fill(bytes, 0, 9, (byte) 0), new byte[1]))
        .isInstanceOf(ArrayIndexOutOfBoundsException.class);
  }
}
