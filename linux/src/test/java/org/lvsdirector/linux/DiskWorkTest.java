// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class DiskWorkTest {
  private static final Path FILE = Path.of("/mnt/gone/term");

  @Test
  void whatIsDoneInTimeIsAnsweredAndItsFailureToo() throws IOException {
    var work = new DiskWork(Duration.ofMinutes(1));
    assertThat(work.call(FILE, () -> "text")).isEqualTo("text");
    assertThatIOException()
        .isThrownBy(
            () ->
                work.call(
                    FILE,
                    () -> {
                      throw new NoSuchFileException("term");
                    }))
        .isExactlyInstanceOf(NoSuchFileException.class);
  }

  @Test
  void whatHangsIsGivenUpAndNothingElseWaitsForIt() {
    var work = new DiskWork(Duration.ofMillis(1));
    var mended = new CompletableFuture<String>();
    assertThatIOException()
        .isThrownBy(() -> work.call(FILE, mended::join))
        .withMessageContaining("/mnt/gone/term: the disk did not answer");
    assertThatIOException()
        .isThrownBy(() -> work.call(FILE, () -> "never"))
        .withMessageContaining("the disk still does not answer");
    mended.complete("late");
  }

  @Test
  void afterItHasComeBackWorkGoesOn() {
    var work = new DiskWork(Duration.ofMillis(1));
    var mended = new CompletableFuture<String>();
    assertThatIOException().isThrownBy(() -> work.call(FILE, mended::join));
    mended.complete("late");
    String said = null;
    while (said == null) {
      try {
        said = work.call(FILE, () -> "well");
      } catch (IOException _) {
        Thread.onSpinWait();
      }
    }
    assertThat(said).isEqualTo("well");
  }
}
