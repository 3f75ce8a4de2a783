// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config.lvscf.catalogue;

import static org.lvsdirector.config.lvscf.directive.CatalogueTypes.DIRECTOR;
import static org.lvsdirector.config.lvscf.directive.CatalogueTypes.OURS;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.lvsdirector.config.IpAddress;
import org.lvsdirector.config.lvscf.directive.CatalogueRow;
import org.lvsdirector.config.lvscf.directive.Directive;
import org.lvsdirector.config.lvscf.directive.ValueType;
import org.lvsdirector.config.lvscf.syntax.Scope;

/** What may stand in link blocks. */
public final class LinkDirectives {
  private static final List<Directive<?>> ROWS = new ArrayList<>();

  private static final Set<Scope> LINK = EnumSet.of(Scope.LINK);

  public static final Directive<IpAddress> LINK_PRIMARY =
      row("primary", LINK, DIRECTOR, "", OURS).used("the primary's address on the link; needed");
  public static final Directive<IpAddress> LINK_BACKUP =
      row("backup", LINK, DIRECTOR, "", OURS).used("the backup's address on the link; needed");

  private LinkDirectives() {}

  /** Every row, in the order of the reference page. */
  static List<Directive<?>> rows() {
    return List.copyOf(ROWS);
  }

  private static <T> CatalogueRow<T> row(
      String word, Set<Scope> scopes, ValueType<T> type, String presetText, String since) {
    return new CatalogueRow<>(word, scopes, type, presetText, since, ROWS);
  }
}
