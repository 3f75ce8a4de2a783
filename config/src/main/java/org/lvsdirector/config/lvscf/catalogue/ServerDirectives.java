// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config.lvscf.catalogue;

import static org.lvsdirector.config.lvscf.directive.CatalogueTypes.BOOL;
import static org.lvsdirector.config.lvscf.directive.CatalogueTypes.INT_MAX;
import static org.lvsdirector.config.lvscf.directive.CatalogueTypes.MASK;
import static org.lvsdirector.config.lvscf.directive.CatalogueTypes.METHOD;
import static org.lvsdirector.config.lvscf.directive.CatalogueTypes.OURS;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.lvsdirector.config.ForwardingMethod;
import org.lvsdirector.config.IpAddress;
import org.lvsdirector.config.lvscf.directive.AddressTypes.Mask;
import org.lvsdirector.config.lvscf.directive.CatalogueRow;
import org.lvsdirector.config.lvscf.directive.CatalogueTypes;
import org.lvsdirector.config.lvscf.directive.Directive;
import org.lvsdirector.config.lvscf.directive.NumberTypes.IntType;
import org.lvsdirector.config.lvscf.directive.NumberTypes.PortType;
import org.lvsdirector.config.lvscf.directive.ValueType;
import org.lvsdirector.config.lvscf.syntax.Scope;

/** What may stand in server blocks alone. */
public final class ServerDirectives {
  private static final List<Directive<?>> ROWS = new ArrayList<>();

  private static final Set<Scope> SERVER = EnumSet.of(Scope.SERVER);

  public static final Directive<IpAddress> SERVER_ADDRESS =
      row("address", SERVER, CatalogueTypes.SERVER_ADDRESS, "", "1999")
          .used("address of the real server; needed");
  static final Directive<Mask> SERVER_NMASK =
      row("nmask", SERVER, MASK, "", "2000").guiOnly("ignored");
  public static final Directive<Boolean> SERVER_ACTIVE =
      row("active", SERVER, BOOL, "0", "1999").used("whether the block counts", false);
  public static final Directive<Integer> SERVER_PORT =
      row("port", SERVER, new PortType(1), "that of the virtual, as given above", "2006")
          .used("its port; direct routing and tunnelling cannot change it");
  public static final Directive<Long> WEIGHT =
      row("weight", SERVER, new IntType(0, 65535), "1", "1999")
          .used("its share of the connections; 0 gets no new ones", 1L);
  public static final Directive<ForwardingMethod> SERVER_NETWORK =
      row("network", SERVER, METHOD, "that of the virtual", OURS).used("how packets reach it");
  public static final Directive<Long> UPPER_THRESHOLD =
      row("upper_threshold", SERVER, new IntType(0, INT_MAX), "0", OURS)
          .used("connections from which on it gets no new one; 0 is no limit", 0L);
  public static final Directive<Long> LOWER_THRESHOLD =
      row("lower_threshold", SERVER, new IntType(0, INT_MAX), "0", OURS)
          .used("connections below which it gets new ones again; 0 is 3/4 of the upper one", 0L);

  private ServerDirectives() {}

  /** Every row, in the order of the reference page. */
  static List<Directive<?>> rows() {
    return List.copyOf(ROWS);
  }

  private static <T> CatalogueRow<T> row(
      String word, Set<Scope> scopes, ValueType<T> type, String presetText, String since) {
    return new CatalogueRow<>(word, scopes, type, presetText, since, ROWS);
  }
}
