// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lvsdirector.director.Golden;
import org.lvsdirector.director.admin.StatusFixture;
import org.lvsdirector.director.daemon.Metric.Kind;

final class MetricsTest {
  private static final Pattern SAMPLE =
      Pattern.compile("^(\\w+)(?:\\{(.*)})? (\\S+)$", Pattern.MULTILINE);

  /** Dashboards and alarms read this: a metric may be added; none may change its name or labels. */
  @Test
  void itsExpositionStaysAsItIs() throws IOException {
    assertThat(Metrics.scrape(StatusFixture.whole())).isEqualTo(Golden.text("metrics.txt"));
  }

  @Test
  void everyNameIsThereOnce() {
    assertThat(MetricCatalogue.rows()).extracting(Metric::name).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("org.lvsdirector.director.daemon.MetricCatalogue#rows")
  void rowSaysWhatItIs(Metric<?> metric) {
    assertThat(metric.name()).matches("director(_[a-z0-9]+)+");
    assertThat(metric.name().endsWith("_total")).isEqualTo(metric.kind() == Kind.COUNTER);
    assertThat(metric.help()).isNotBlank().doesNotContain("\n", "|");
    assertThat(metric.unit()).isNotBlank();
    assertThat(metric.unit().equals("seconds")).isEqualTo(metric.name().endsWith("_seconds"));
  }

  @ParameterizedTest
  @MethodSource("org.lvsdirector.director.daemon.MetricCatalogue#rows")
  void rowIsExposedWithTheNumbersOfTheStatus(Metric<?> metric) {
    var report = StatusFixture.whole();
    var exposition = Metrics.scrape(report);

    var type = metric.kind() == Kind.COUNTER ? "counter" : "gauge";
    assertThat(exposition.lines())
        .contains("# HELP %s %s".formatted(metric.name(), metric.help()))
        .contains("# TYPE %s %s".formatted(metric.name(), type));
    assertThat(metric.samples(report)).isNotEmpty();
    assertThat(exposed(metric, exposition))
        .containsExactlyInAnyOrderElementsOf(
            metric.samples(report).stream().map(sample -> text(metric, sample)).toList());
  }

  @Test
  void nothingIsExposedThatIsNotInTheCatalogue() {
    var names = new TreeSet<String>();
    SAMPLE
        .matcher(Metrics.scrape(StatusFixture.whole()))
        .results()
        .forEach(m -> names.add(m.group(1)));

    assertThat(names)
        .containsExactlyInAnyOrderElementsOf(
            MetricCatalogue.rows().stream().map(Metric::name).toList());
  }

  @Test
  void withoutAPartnerNothingIsSaidOfIt() {
    assertThat(Metrics.scrape(StatusFixture.with(null))).doesNotContain("director_partner");
  }

  @Test
  void pageIsMadeFromTheCatalogue() throws IOException {
    Golden.checkPage("metrics.md", MetricsPage.text(), "MetricsTest");
  }

  private static List<String> exposed(Metric<?> metric, String exposition) {
    var samples = new ArrayList<String>();
    for (var match : SAMPLE.matcher(exposition).results().toList()) {
      if (match.group(1).equals(metric.name())) {
        var labels = match.group(2) == null ? "" : match.group(2);
        samples.add(labels + " " + Double.parseDouble(match.group(3)));
      }
    }
    return samples;
  }

  /** Labels are exposed in the order of their names. */
  private static String text(Metric<?> metric, Metric.Sample sample) {
    var names = metric.scope().labels();
    return IntStream.range(0, names.size())
            .mapToObj(i -> "%s=\"%s\"".formatted(names.get(i), sample.labels().get(i)))
            .sorted()
            .collect(Collectors.joining(","))
        + " "
        + sample.number();
  }
}
