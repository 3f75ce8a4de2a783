// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config.lvscf.binding;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.Config;
import org.lvsdirector.config.FailoverService;
import org.lvsdirector.config.GlobalSettings;
import org.lvsdirector.config.Pair;
import org.lvsdirector.config.Unused;
import org.lvsdirector.config.lvscf.binding.BoundService.Served;
import org.lvsdirector.config.lvscf.binding.FailoverBinder.BoundFailover;
import org.lvsdirector.config.lvscf.binding.LinkBinder.BoundLink;
import org.lvsdirector.config.lvscf.catalogue.GlobalDirectives;
import org.lvsdirector.config.lvscf.catalogue.ServiceKind;
import org.lvsdirector.config.lvscf.directive.Values;
import org.lvsdirector.config.lvscf.syntax.Node.Block;
import org.lvsdirector.config.lvscf.syntax.Node.Statement;
import org.lvsdirector.config.lvscf.syntax.Scope;
import org.lvsdirector.config.names.NameResolver;
import org.lvsdirector.config.problem.PrintableText;
import org.lvsdirector.config.problem.ProblemCode;
import org.lvsdirector.config.problem.Problems;

/** Makes a {@link Config} from the syntax tree. */
public final class Binder {
  private final Problems problems;
  private final ValueReader reader;
  private @Nullable Origins origins;

  public Binder(Problems problems, NameResolver names) {
    this.problems = problems;
    this.reader = new ValueReader(problems, names);
  }

  /**
   * The configuration without its digest; null when something is wrong that it cannot do without.
   */
  public @Nullable Config bind(Block root) {
    var globals = new Values();
    if (problems.hasLost()) {
      globals.markIncomplete();
    }
    var global = reader.suiting(GlobalDirectives.PRIMARY, root.children());
    for (var child : root.children()) {
      if (child instanceof Statement statement) {
        global.read(Scope.GLOBAL, statement, globals);
      }
    }
    var blocks =
        root.children().stream().filter(Block.class::isInstance).map(Block.class::cast).toList();
    var linkBinder = new LinkBinder(reader, problems);
    var links = linkBinder.bind(blocks);
    var settings = new GlobalBinder(globals, problems);
    var pair = settings.pair(links.stream().map(BoundLink::link).toList());
    if (pair != null) {
      var before = pair.links().subList(0, pair.links().size() - links.size());
      linkBinder.checkDistinct(before, links);
    }
    var other = settings.settings();
    tellOfSameNames(blocks);
    origins = origins(globals, links, blocks);
    var services = new CrossBlockRules(origins, other, problems).check(pair);
    return pair == null || problems.hasError() ? null : config(pair, services, other);
  }

  private Origins origins(Values globals, List<BoundLink> links, List<Block> blocks) {
    var virtualBinder = new VirtualBinder(globals, reader, problems);
    var failoverBinder = new FailoverBinder(reader, problems);
    var services = services(blocks, virtualBinder);
    var failovers = failovers(blocks, failoverBinder);
    var unused = new ArrayList<>(virtualBinder.unused());
    unused.addAll(failoverBinder.unused());
    if (globals.get(GlobalDirectives.SERVICE_KIND) == ServiceKind.FOS) {
      services.forEach(service -> unused.add(UnusedBlock.of(service)));
    } else {
      failovers.forEach(failover -> unused.add(UnusedBlock.of(failover)));
    }
    return new Origins(globals, links, services, failovers, unused);
  }

  private Config config(Pair pair, List<Served> served, GlobalSettings global) {
    var bound = origins();
    var isFos = bound.globals().get(GlobalDirectives.SERVICE_KIND) == ServiceKind.FOS;
    var failovers =
        isFos
            ? bound.failovers().stream().map(BoundFailover::service).toList()
            : List.<FailoverService>of();
    var services = served.stream().map(Served::service).toList();
    return new Config(pair, services, global, failovers, unused(bound, served), "");
  }

  private static Unused unused(Origins bound, List<Served> served) {
    var kept =
        List.of(
            GlobalDirectives.PRIMARY_SHARED,
            GlobalDirectives.BACKUP_SHARED,
            GlobalDirectives.RSH_COMMAND,
            GlobalDirectives.RESERVATION_CONFLICT_ACTION);
    var top =
        new Unused.Part(
            UnusedBlock.settings(kept, bound.globals()), UnusedBlock.blocks(bound.unused()));
    return new Unused(top, served.stream().map(UnusedBlock::in).toList());
  }

  /** Where the parts of the configuration were read. */
  public Origins origins() {
    return Objects.requireNonNull(origins, "nothing was bound");
  }

  private static List<BoundService> services(List<Block> blocks, VirtualBinder binder) {
    var bound = new ArrayList<BoundService>();
    for (var block : blocks) {
      switch (block.scope()) {
        case VIRTUAL -> {
          var service = binder.bind(block);
          if (service != null) {
            bound.add(service);
          }
        }
        case SERVER -> binder.server(block, 80);
        case FAILOVER, LINK, GLOBAL -> {}
      }
    }
    return bound;
  }

  private static List<BoundFailover> failovers(List<Block> blocks, FailoverBinder binder) {
    var bound = new ArrayList<BoundFailover>();
    for (var block : blocks) {
      var failover = block.scope() == Scope.FAILOVER ? binder.bind(block) : null;
      if (failover != null) {
        bound.add(failover);
      }
    }
    return bound;
  }

  /** The values of a block, still to be read. */
  static Values valuesOf(Block block, Problems problems) {
    var values = new Values();
    if (block.isBroken() || problems.hasLost()) {
      values.markIncomplete();
    }
    return values;
  }

  private void tellOfSameNames(List<Block> blocks) {
    for (var scope : List.of(Scope.VIRTUAL, Scope.FAILOVER)) {
      tellOfSameNames(scope, blocks, problems);
    }
  }

  /** Tells of blocks of one kind that have the same name. */
  static void tellOfSameNames(Scope scope, List<Block> blocks, Problems problems) {
    Map<String, Block> byName = new HashMap<>();
    for (var block : blocks) {
      if (block.scope() != scope || block.name().isEmpty()) {
        continue;
      }
      var earlier = byName.putIfAbsent(block.name(), block);
      if (earlier != null) {
        problems.report(
            ProblemCode.DUPLICATE_NAME,
            block.header(),
            earlier.header().lineSeenFrom(block.header())
                + " has a "
                + scope.word()
                + " "
                + PrintableText.quoted(block.name())
                + " already",
            "both count; give them different names");
      }
    }
  }
}
