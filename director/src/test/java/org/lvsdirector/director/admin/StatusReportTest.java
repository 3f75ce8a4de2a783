// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.lvsdirector.director.Golden;

final class StatusReportTest {
  /** Scripts read this: a key may be added; none may move, vanish or change its meaning. */
  @Test
  void itsJsonStaysAsItIs() throws IOException {
    assertThat(Json.text(StatusFixture.whole())).isEqualTo(Golden.text("status.json"));
  }

  @Test
  void isReadAsItWasWritten() throws IOException {
    var report = StatusFixture.whole();

    assertThat(Json.read(Json.text(report), StatusReport.class)).isEqualTo(report);
  }

  @Test
  void isReadAsItWasWrittenWithNothingInIt() throws IOException {
    var report = StatusFixture.with(null);

    assertThat(Json.read(Json.text(report), StatusReport.class)).isEqualTo(report);
  }
}
