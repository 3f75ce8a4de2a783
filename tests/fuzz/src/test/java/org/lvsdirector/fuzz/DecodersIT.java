// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short form of {@code tests/fuzz/run decoders}: always the same inputs, to all by turns. */
class DecodersIT {
  private static final int INPUTS = 40_000;
  private static final int SEED = 20_261;

  @TempDir private Path folder;

  @Test
  void someInputsForAllDecoders() throws IOException, InterruptedException {
    var corpus = Files.createDirectory(folder.resolve("corpus"));
    for (var target = 0; target < Targets.names().size(); target++) {
      var number = 0;
      for (var message : Targets.messages()) {
        var input = ByteBuffer.allocate(message.length + 1).put((byte) target).put(message);
        Files.write(corpus.resolve(target + "-" + number++), input.array());
      }
    }
    var said = folder.resolve("said");
    var status =
        new ProcessBuilder(command(corpus))
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start()
            .waitFor();
    var text = Files.readString(said);
    assertThat(status).as(text).isZero();
    assertThat(text).contains("Done " + INPUTS + " runs");
  }

  private List<String> command(Path corpus) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "--enable-native-access=ALL-UNNAMED",
        "-XX:+EnableDynamicAgentLoading",
        "-XX:+UseSerialGC",
        "-Xmx512m",
        "-cp",
        System.getProperty("java.class.path"),
        "com.code_intelligence.jazzer.Jazzer",
        "--target_class=" + DecoderTarget.class.getName(),
        "--reproducer_path=" + folder,
        "--instrumentation_includes=org.lvsdirector.**:io.netty.handler.codec.http.**",
        "--instrumentation_excludes=org.lvsdirector.fuzz.**",
        "--disabled_hooks=com.code_intelligence.jazzer.sanitizers.RegexInjection",
        "-artifact_prefix=" + folder + "/",
        "-runs=" + INPUTS,
        "-seed=" + SEED,
        "-max_len=600",
        "-timeout=600",
        "-report_slow_units=600",
        corpus.toString());
  }
}
