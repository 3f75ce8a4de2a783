// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config.lvscf.catalogue;

import static org.lvsdirector.config.lvscf.catalogue.Directive.Status.DEAD;
import static org.lvsdirector.config.lvscf.catalogue.Directive.Status.GUI_ONLY;
import static org.lvsdirector.config.lvscf.catalogue.Directive.Status.IDLE;
import static org.lvsdirector.config.lvscf.catalogue.Directive.Status.NOT_ACTED_ON;
import static org.lvsdirector.config.lvscf.catalogue.Directive.Status.OLD_NAME;
import static org.lvsdirector.config.lvscf.catalogue.Directive.Status.SILENT;
import static org.lvsdirector.config.lvscf.catalogue.Directive.Status.USED;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.lvscf.catalogue.Directive.Status;
import org.lvsdirector.config.lvscf.syntax.Scope;

/**
 * The first half of a row of the {@link Catalogue}; what becomes of the directive is the second.
 *
 * @param rows takes the row when it is whole
 */
record CatalogueRow<T>(
    String word,
    Set<Scope> scopes,
    ValueType<T> type,
    String presetText,
    String since,
    List<Directive<?>> rows) {

  /** It has its meaning. */
  Directive<T> used(String meaning) {
    return add(meaning, USED, null, Set.of());
  }

  /** It has its meaning, and this value when it is not given. */
  Directive<T> used(String meaning, T preset) {
    return add(meaning, USED, preset, Set.of());
  }

  /** It has no effect yet, of which there is nothing to tell for these words. */
  Directive<T> later(String meaning, String... quietWords) {
    return add(meaning, NOT_ACTED_ON, null, Set.of(quietWords));
  }

  /** It never has an effect, which is told but for these words. */
  Directive<T> dead(String meaning, String... quietWords) {
    return add(meaning, DEAD, null, Set.of(quietWords));
  }

  /** It never has an effect, which is noted. */
  Directive<T> idle(String meaning) {
    return add(meaning, IDLE, null, Set.of());
  }

  /** It never has an effect, and nobody is told. */
  Directive<T> silent(String meaning) {
    return add(meaning, SILENT, null, Set.of());
  }

  /** Only Piranha's web page wrote it. */
  Directive<T> guiOnly(String meaning) {
    return add(meaning, GUI_ONLY, null, Set.of());
  }

  /** It is another name. */
  Directive<T> oldName(String meaning) {
    return add(meaning, OLD_NAME, null, Set.of());
  }

  private Directive<T> add(
      String meaning, Status status, @Nullable T preset, Set<String> quietWords) {
    var directive =
        new Directive<>(word, scopes, type, preset, presetText, since, meaning, status, quietWords);
    rows.add(directive);
    return directive;
  }
}
