// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config.lvscf.binding;

import java.util.ArrayList;
import java.util.List;
import org.lvsdirector.config.Unused;
import org.lvsdirector.config.lvscf.binding.BoundService.BoundServer;
import org.lvsdirector.config.lvscf.binding.BoundService.Served;
import org.lvsdirector.config.lvscf.binding.FailoverBinder.BoundFailover;
import org.lvsdirector.config.lvscf.catalogue.Catalogue;
import org.lvsdirector.config.lvscf.catalogue.ServerDirectives;
import org.lvsdirector.config.lvscf.catalogue.ServiceDirectives;
import org.lvsdirector.config.lvscf.directive.Directive;
import org.lvsdirector.config.lvscf.directive.Directive.Status;
import org.lvsdirector.config.lvscf.directive.Values;
import org.lvsdirector.config.lvscf.syntax.Scope;

/**
 * A block that does not count, with what it says.
 *
 * @param scope its kind
 * @param name its name
 * @param values its statements
 * @param servers the server blocks in it
 */
public record UnusedBlock(Scope scope, String name, Values values, List<UnusedBlock> servers) {
  private static final String ACTIVE = "active";

  /** An active virtual block of which nothing counts, or nothing but its address. */
  static UnusedBlock of(BoundService one) {
    var servers = new ArrayList<UnusedBlock>();
    one.servers().forEach(server -> servers.add(of(server)));
    servers.addAll(one.inactive());
    return new UnusedBlock(Scope.VIRTUAL, one.service().name(), one.values(), servers);
  }

  private static UnusedBlock of(BoundServer one) {
    return new UnusedBlock(Scope.SERVER, one.server().name(), one.values(), List.of());
  }

  static UnusedBlock of(BoundFailover one) {
    return new UnusedBlock(Scope.FAILOVER, one.service().name(), one.values(), List.of());
  }

  /** The block as part of a configuration. */
  Unused.Block block() {
    var settings = new ArrayList<Unused.Setting>();
    var isActive =
        values.given(
            scope == Scope.SERVER ? ServerDirectives.SERVER_ACTIVE : ServiceDirectives.ACTIVE);
    settings.add(new Unused.Setting(ACTIVE, Boolean.TRUE.equals(isActive) ? "1" : "0"));
    var means =
        Catalogue.rows().stream()
            .filter(row -> row.scopes().contains(scope) && !row.word().equals(ACTIVE))
            .filter(row -> row.status() == Status.USED || row.status() == Status.NOT_ACTED_ON)
            .toList();
    settings.addAll(settings(means, values));
    return new Unused.Block(scope.word(), name, new Unused.Part(settings, blocks(servers)));
  }

  /** What does not count in an active service. */
  static Unused.InService in(Served served) {
    var one = served.first();
    var isAllUsed =
        one.inactive().isEmpty() && !one.values().isMentioned(ServiceDirectives.LOAD_MONITOR);
    if (isAllUsed && served.later().isEmpty()) {
      return Unused.InService.NONE;
    }
    var content =
        new Unused.Part(
            settings(List.of(ServiceDirectives.LOAD_MONITOR), one.values()),
            blocks(one.inactive()));
    return new Unused.InService(
        content, blocks(served.later().stream().map(UnusedBlock::of).toList()));
  }

  static List<Unused.Block> blocks(List<UnusedBlock> unused) {
    return unused.stream().map(UnusedBlock::block).toList();
  }

  /** What is said of these directives. */
  static List<Unused.Setting> settings(List<? extends Directive<?>> rows, Values values) {
    var settings = new ArrayList<Unused.Setting>();
    for (var row : rows) {
      var printed = values.printed(row);
      if (printed != null) {
        settings.add(new Unused.Setting(row.word(), printed));
      }
    }
    return settings;
  }
}
