// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config.lvscf.check;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.lvscf.directive.Directive;
import org.lvsdirector.config.lvscf.directive.Escapes;

/** Statements about a check, in the order of writing. */
public final class CheckLines {
  private record Line(Directive<?> directive, String value) {}

  private final List<Line> lines = new ArrayList<>();

  /** One more. */
  <T> CheckLines with(Directive<T> directive, T value) {
    return written(directive, directive.type().print(value));
  }

  /** One more, unless there is no value. */
  <T> CheckLines given(Directive<T> directive, @Nullable T value) {
    return value == null ? this : with(directive, value);
  }

  /** One more, unless there are no bytes. */
  CheckLines bytes(Directive<?> directive, String bytes) {
    return bytes.isEmpty() ? this : written(directive, Escapes.encode(bytes));
  }

  /** One more, whose value is written already. */
  CheckLines written(Directive<?> directive, String value) {
    lines.add(new Line(directive, value));
    return this;
  }

  /** All of the others. */
  CheckLines with(CheckLines others) {
    lines.addAll(others.lines);
    return this;
  }

  /** Gives each directive with its value. */
  public void forEach(BiConsumer<Directive<?>, String> sink) {
    lines.forEach(line -> sink.accept(line.directive(), line.value()));
  }
}
