// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.choice;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lvsdirector.config.GlobalSettings;
import org.lvsdirector.config.directorconf.DirectorConf;
import org.lvsdirector.config.directorconf.DirectorConf.EngineChoice;
import org.lvsdirector.engine.Availability.Unusable;
import org.lvsdirector.engine.Capabilities;
import org.lvsdirector.engine.EngineKind;
import org.lvsdirector.engine.KernelNeed;
import org.lvsdirector.engine.KernelNeed.Sort;
import org.lvsdirector.engine.KernelNeed.When;

/** What each engine of the list says of itself: all that the others need to know of a new one. */
class EngineKindsTest {
  @TempDir private Path state;

  @Test
  void theWordsAreThoseOfDirectorConf() {
    var words =
        Arrays.stream(EngineChoice.values())
            .filter(choice -> choice != EngineChoice.AUTO)
            .map(choice -> choice.name().toLowerCase(Locale.ROOT));
    assertThat(Engines.kinds())
        .extracting(EngineKind::word)
        .containsExactlyInAnyOrderElementsOf(words.toList());
  }

  @ParameterizedTest
  @MethodSource("org.lvsdirector.engine.choice.Engines#kinds")
  void itSaysWhatItIsAndWhetherItWorks(EngineKind kind) {
    assertThat(kind.about()).endsWith(".");
    if (kind.availability() instanceof Unusable(String reason)) {
      assertThat(reason).isNotBlank();
    }
  }

  @ParameterizedTest
  @MethodSource("org.lvsdirector.engine.choice.Engines#kinds")
  void itsNeedsAreSaidOnceAndWithAReason(EngineKind kind) {
    assertThat(kind.needs()).extracting(KernelNeed::name).doesNotHaveDuplicates();
    for (var need : kind.needs()) {
      assertThat(need.otherwise()).as(need.name()).isNotBlank();
      assertThat(need.value().isEmpty() || need.sort() == Sort.SETTING).as(need.name()).isTrue();
      assertThat(need.isSetByEngine())
          .as(need.name())
          .isEqualTo(need.when() == When.CONNECTION_SYNC);
    }
  }

  @ParameterizedTest
  @MethodSource("org.lvsdirector.engine.choice.Engines#kinds")
  void whatItCanIsWhatTheOpenedEngineImplements(EngineKind kind) {
    if (kind.availability() instanceof Unusable) {
      return;
    }
    var settings = Map.of("state-dir", state.toString());
    var conf = Objects.requireNonNull(DirectorConf.read(null, settings).conf());
    try (var engine = kind.open(conf, GlobalSettings.NONE)) {
      assertThat(kind.can()).isEqualTo(Capabilities.of(engine));
      assertThat(engine.name()).isEqualTo(kind.word());
    }
  }
}
