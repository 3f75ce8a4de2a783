// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config.lvscf.directive;

import static org.lvsdirector.config.lvscf.directive.Directive.Status.DEAD;
import static org.lvsdirector.config.lvscf.directive.Directive.Status.GUI_ONLY;
import static org.lvsdirector.config.lvscf.directive.Directive.Status.IDLE;
import static org.lvsdirector.config.lvscf.directive.Directive.Status.NOT_ACTED_ON;
import static org.lvsdirector.config.lvscf.directive.Directive.Status.OLD_NAME;
import static org.lvsdirector.config.lvscf.directive.Directive.Status.SILENT;
import static org.lvsdirector.config.lvscf.directive.Directive.Status.USED;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.lvscf.directive.Directive.Status;
import org.lvsdirector.config.lvscf.syntax.Scope;

/**
 * The first half of a row of the catalogue; what becomes of the directive is the second.
 *
 * @param rows takes the row when it is whole
 * @param sources what it is made of when it is not given
 */
public record CatalogueRow<T>(
    String word,
    Set<Scope> scopes,
    ValueType<T> type,
    String presetText,
    String since,
    List<Directive<?>> rows,
    List<String> sources) {

  /** A row of which nothing more is said. */
  public CatalogueRow(
      String word,
      Set<Scope> scopes,
      ValueType<T> type,
      String presetText,
      String since,
      List<Directive<?>> rows) {
    this(word, scopes, type, presetText, since, rows, List.of());
  }

  /** When it is not given, it is made of the first of these that is. */
  public CatalogueRow<T> follows(String... words) {
    return new CatalogueRow<>(word, scopes, type, presetText, since, rows, List.of(words));
  }

  /** It has its meaning. */
  public Directive<T> used(String meaning) {
    return add(meaning, USED, null, Set.of());
  }

  /** It has its meaning, and this value when it is not given. */
  public Directive<T> used(String meaning, T preset) {
    return add(meaning, USED, preset, Set.of());
  }

  /** It has no effect yet, of which there is nothing to tell for these words. */
  public Directive<T> later(String meaning, String... quietWords) {
    return add(meaning, NOT_ACTED_ON, null, Set.of(quietWords));
  }

  /** It never has an effect, which is told but for these words. */
  public Directive<T> dead(String meaning, String... quietWords) {
    return add(meaning, DEAD, null, Set.of(quietWords));
  }

  /** It never has an effect, which is noted. */
  public Directive<T> idle(String meaning) {
    return add(meaning, IDLE, null, Set.of());
  }

  /** It never has an effect, and nobody is told. */
  public Directive<T> silent(String meaning) {
    return add(meaning, SILENT, null, Set.of());
  }

  /** Only Piranha's web page wrote it. */
  public Directive<T> guiOnly(String meaning) {
    return add(meaning, GUI_ONLY, null, Set.of());
  }

  /** It is another name. */
  public Directive<T> oldName(String meaning) {
    return add(meaning, OLD_NAME, null, Set.of());
  }

  private Directive<T> add(
      String meaning, Status status, @Nullable T preset, Set<String> quietWords) {
    var directive =
        new Directive<>(
            word, scopes, type, preset, presetText, sources, since, meaning, status, quietWords);
    rows.add(directive);
    return directive;
  }
}
