package org.lvsdirector.director.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.lvsdirector.director.Golden;
import org.lvsdirector.director.admin.StatusFixture;

final class MetricsTest {
  /** Dashboards and alarms read this: a metric may be added; none may change its name or labels. */
  @Test
  void itsExpositionStaysAsItIs() throws IOException {
    assertThat(Metrics.scrape(StatusFixture.whole())).isEqualTo(Golden.text("metrics.txt"));
  }
}
