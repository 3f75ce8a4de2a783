// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config.lvscf.catalogue;

import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.lvscf.check.CheckDirectives;
import org.lvsdirector.config.lvscf.directive.Directive;
import org.lvsdirector.config.lvscf.syntax.Scope;

/**
 * Every directive of lvs.cf, once; the rows themselves are in a file for each kind of block.
 *
 * <p>The parser, the printer and the reference page are made from these rows.
 */
public final class Catalogue {
  private static final List<Directive<?>> ROWS =
      Stream.of(
              GlobalDirectives.rows(),
              ServiceDirectives.rows(),
              CheckDirectives.rows(),
              ServerDirectives.rows(),
              LinkDirectives.rows())
          .<Directive<?>>flatMap(List::stream)
          .toList();

  private Catalogue() {}

  private static final Map<Scope, Map<String, Directive<?>>> BY_SCOPE = index();

  /** Every row, in the order of the reference page. */
  public static List<Directive<?>> rows() {
    return ROWS;
  }

  /** The directive of a name in a block, or null. */
  public static @Nullable Directive<?> find(Scope scope, String word) {
    return in(scope).get(word);
  }

  /** The names that may stand in a block. */
  public static Collection<String> words(Scope scope) {
    return in(scope).keySet();
  }

  /** Where a name may stand; empty for an unknown one. */
  public static Set<Scope> scopesOf(String word) {
    var scopes = EnumSet.noneOf(Scope.class);
    for (var scope : Scope.values()) {
      if (in(scope).containsKey(word)) {
        scopes.add(scope);
      }
    }
    return scopes;
  }

  /** Whether a name is a directive anywhere. */
  public static boolean isKnown(String word) {
    return BY_SCOPE.values().stream().anyMatch(rows -> rows.containsKey(word));
  }

  private static Map<String, Directive<?>> in(Scope scope) {
    return BY_SCOPE.getOrDefault(scope, Map.of());
  }

  private static Map<Scope, Map<String, Directive<?>>> index() {
    var byScope = new EnumMap<Scope, Map<String, Directive<?>>>(Scope.class);
    for (var row : ROWS) {
      for (var scope : row.scopes()) {
        var twin = byScope.computeIfAbsent(scope, _ -> new LinkedHashMap<>()).put(row.word(), row);
        if (twin != null) {
          throw new IllegalStateException("two rows for " + row.word());
        }
      }
    }
    return byScope;
  }
}
