// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config.lvscf;

import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.lvsdirector.config.directorconf.DirectorConfReader;

/** Any text as a director.conf. */
class DirectorConfFuzzTest {
  private static final String NAME = "director.conf";

  static Stream<Arguments> seeds() {
    return Stream.concat(
        Stream.of(
            Seeds.file("etc/director.conf"),
            Seeds.file(
                "config/src/main/resources/org/lvsdirector/config/directorconf/director-reference.conf")),
        Seeds.parts("director.conf-seeds"));
  }

  @MethodSource("seeds")
  @DictionaryFile(resourcePath = "director.conf-words")
  @FuzzTest(maxDuration = "10s")
  void isReadOrTold(byte[] bytes) {
    var text = new String(bytes, StandardCharsets.UTF_8);
    var parsed = Cost.bounded(() -> DirectorConfReader.read(NAME, text, Map.of()), text::length);
    Told.isSound(parsed.conf() != null, parsed.problems(), _ -> text);
  }
}
