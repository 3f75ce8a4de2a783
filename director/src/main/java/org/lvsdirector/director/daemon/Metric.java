// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.daemon;

import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.director.admin.StatusReport;

/**
 * One row of {@link MetricCatalogue}.
 *
 * @param name as it is exposed; a counter's ends with {@code _total}
 * @param kind whether it only grows
 * @param unit what is counted or measured
 * @param help its meaning in a line
 * @param scope what of the status it tells of
 * @param number where the number comes from
 */
record Metric<T>(
    String name, Kind kind, String unit, String help, Scope<T> scope, ToDoubleFunction<T> number) {

  /** The two kinds of metric. */
  enum Kind {
    COUNTER,
    GAUGE
  }

  /**
   * A part of the status, or several alike that labels tell apart.
   *
   * @param labels the names of the labels
   * @param subjects these parts; none where the status has none
   */
  record Scope<T>(List<String> labels, Function<StatusReport, Stream<Subject<T>>> subjects) {
    Scope {
      labels = List.copyOf(labels);
    }

    /** A part that there is at most once. */
    static <T> Scope<T> one(Function<StatusReport, @Nullable T> part) {
      return new Scope<>(
          List.of(),
          report -> Stream.ofNullable(part.apply(report)).map(found -> new Subject<>(found)));
    }
  }

  /**
   * A part of the status.
   *
   * @param part the part
   * @param labels the labels' values
   */
  record Subject<T>(T part, List<String> labels) {
    Subject {
      labels = List.copyOf(labels);
    }

    Subject(T part, String... labels) {
      this(part, List.of(labels));
    }
  }

  /**
   * A number of one moment.
   *
   * @param labels the labels' values
   * @param number the number
   */
  record Sample(List<String> labels, double number) {
    Sample {
      labels = List.copyOf(labels);
    }
  }

  /** What it is at the moment of a status. */
  List<Sample> samples(StatusReport report) {
    return scope
        .subjects()
        .apply(report)
        .map(subject -> new Sample(subject.labels(), number.applyAsDouble(subject.part())))
        .toList();
  }
}
