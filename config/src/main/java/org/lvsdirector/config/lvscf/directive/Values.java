// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config.lvscf.directive;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.lvscf.syntax.Node.Statement;
import org.lvsdirector.config.lvscf.syntax.Token;

/**
 * What the statements of one block say, each as the type of its directive.
 *
 * <p>A list, not a map: most of the many blocks of a large file say five things.
 */
public final class Values {

  /** One given directive; the value is null when it is wrong. */
  private record Given(Directive<?> directive, Statement statement, @Nullable Object value) {}

  private final List<Given> all = new ArrayList<>();
  private Set<String> meant = Set.of();
  private boolean isIncomplete;

  /** A bit for each directive that is given; several share one. */
  private long bits;

  /** Notes a statement; returns the earlier one of the same name, which it replaces. */
  public <T> @Nullable Statement put(
      Directive<T> directive, Statement statement, @Nullable T value) {
    var one = new Given(directive, statement, value);
    var at = indexOf(directive);
    if (at >= 0) {
      return all.set(at, one).statement();
    }
    all.add(one);
    bits |= bit(directive);
    return null;
  }

  private int indexOf(Directive<?> directive) {
    if ((bits & bit(directive)) == 0) {
      return -1;
    }
    for (var i = 0; i < all.size(); i++) {
      if (all.get(i).directive().equals(directive)) {
        return i;
      }
    }
    return -1;
  }

  private static long bit(Directive<?> directive) {
    return 1L << directive.word().hashCode();
  }

  private @Nullable Given find(Directive<?> directive) {
    var at = indexOf(directive);
    return at < 0 ? null : all.get(at);
  }

  /** The value, or null when it is not given or wrong. */
  @SuppressWarnings("unchecked") // put() admits only values of the directive's type
  public <T> @Nullable T given(Directive<T> directive) {
    var given = find(directive);
    return given == null ? null : (T) given.value();
  }

  /** The value as lvs.cf writes it; null when it is not given or wrong. */
  public <T> @Nullable String printed(Directive<T> directive) {
    var value = given(directive);
    return value == null ? null : directive.type().print(value);
  }

  /** The value, or what the catalogue says for when there is none. */
  public <T> T get(Directive<T> directive) {
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
  public void forget(Directive<?> directive) {
    all.removeIf(given -> given.directive().equals(directive));
  }

  /** The name of the statement of a directive with this word, or null. */
  public @Nullable Token nameOf(String word) {
    for (var given : all) {
      if (given.directive().word().equals(word)) {
        return given.statement().name();
      }
    }
    return null;
  }

  /** There is a statement whose name is wrong and was told; it probably means this one. */
  public void noteMeant(String word) {
    meant = meant.isEmpty() ? new HashSet<>() : meant;
    meant.add(word);
  }

  /** Some statements may be lost by a mistake that was told. */
  public void markIncomplete() {
    isIncomplete = true;
  }

  /** Whether there is no such statement, and that is not the consequence of another mistake. */
  public boolean isMissing(Directive<?> directive) {
    return !isIncomplete && !isMentioned(directive) && !meant.contains(directive.word());
  }

  /** Whether a mistake that was told may hide what a statement says. */
  public boolean isAnyLost(Directive<?> directive) {
    return isIncomplete || meant.contains(directive.word()) || isWrong(directive);
  }

  /** Whether there is a statement at all, right or wrong. */
  public boolean isMentioned(Directive<?> directive) {
    return find(directive) != null;
  }

  /** Whether there is a statement that is wrong. */
  public boolean isWrong(Directive<?> directive) {
    var given = find(directive);
    return given != null && given.value() == null;
  }

  /** What to point at for a directive: its value, or its name, or else the other word. */
  public Token at(Directive<?> directive, Token otherwise) {
    var given = find(directive);
    if (given == null) {
      return otherwise;
    }
    var values = given.statement().values();
    return values.isEmpty() ? given.statement().name() : values.getFirst();
  }

  /** What to point at for a directive: its name, or else the other word. */
  public Token nameOf(Directive<?> directive, Token otherwise) {
    var given = find(directive);
    return given == null ? otherwise : given.statement().name();
  }
}
