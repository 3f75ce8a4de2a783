package org.lvsdirector.config;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.Node.Statement;

/** What the statements of one block say, each as the type of its directive. */
final class Values {

  /** One given directive; the value is null when it is wrong. */
  private record Given(Statement statement, @Nullable Object value) {}

  private final Map<Directive<?>, Given> byDirective = new HashMap<>();
  private final Set<String> meant = new HashSet<>();
  private boolean isIncomplete;

  /** Notes a statement; returns the earlier one of the same name, which it replaces. */
  <T> @Nullable Statement put(Directive<T> directive, Statement statement, @Nullable T value) {
    var earlier = byDirective.put(directive, new Given(statement, value));
    return earlier == null ? null : earlier.statement();
  }

  /** The value, or null when it is not given or wrong. */
  @SuppressWarnings("unchecked") // put() admits only values of the directive's type
  <T> @Nullable T given(Directive<T> directive) {
    var given = byDirective.get(directive);
    return given == null ? null : (T) given.value();
  }

  /** The value as lvs.cf writes it; null when it is not given or wrong. */
  <T> @Nullable String printed(Directive<T> directive) {
    var value = given(directive);
    return value == null ? null : directive.type().print(value);
  }

  /** The value, or what the catalogue says for when there is none. */
  <T> T get(Directive<T> directive) {
    var given = given(directive);
    if (given != null) {
      return given;
    }
    var preset = directive.preset();
    if (preset == null) {
      throw new IllegalArgumentException("no preset for " + directive);
    }
    return preset;
  }

  /** Lets a directive count as not given. */
  void forget(Directive<?> directive) {
    byDirective.remove(directive);
  }

  /** The name of the statement of a directive with this word, or null. */
  @Nullable Token nameOf(String word) {
    for (var given : byDirective.entrySet()) {
      if (given.getKey().word().equals(word)) {
        return given.getValue().statement().name();
      }
    }
    return null;
  }

  /** There is a statement whose name is wrong and was told; it probably means this one. */
  void noteMeant(String word) {
    meant.add(word);
  }

  /** Some statements may be lost by a mistake that was told. */
  void markIncomplete() {
    isIncomplete = true;
  }

  /** Whether there is no such statement, and that is not the consequence of another mistake. */
  boolean isMissing(Directive<?> directive) {
    return !isIncomplete && !isMentioned(directive) && !meant.contains(directive.word());
  }

  /** Whether a mistake that was told may hide what a statement says. */
  boolean isAnyLost(Directive<?> directive) {
    return isIncomplete || meant.contains(directive.word()) || isWrong(directive);
  }

  /** Whether there is a statement at all, right or wrong. */
  boolean isMentioned(Directive<?> directive) {
    return byDirective.containsKey(directive);
  }

  /** Whether there is a statement that is wrong. */
  boolean isWrong(Directive<?> directive) {
    var given = byDirective.get(directive);
    return given != null && given.value() == null;
  }

  /** What to point at for a directive: its value, or its name, or else the other word. */
  Token at(Directive<?> directive, Token otherwise) {
    var given = byDirective.get(directive);
    if (given == null) {
      return otherwise;
    }
    var values = given.statement().values();
    return values.isEmpty() ? given.statement().name() : values.getFirst();
  }

  /** What to point at for a directive: its name, or else the other word. */
  Token nameOf(Directive<?> directive, Token otherwise) {
    var given = byDirective.get(directive);
    return given == null ? otherwise : given.statement().name();
  }
}
