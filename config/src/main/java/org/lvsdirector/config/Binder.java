package org.lvsdirector.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.Node.Block;
import org.lvsdirector.config.Node.Statement;

/** Makes a {@link Config} from the syntax tree. */
final class Binder {
  private final Problems problems;
  private final ValueReader reader;

  Binder(Problems problems, NameResolver names) {
    this.problems = problems;
    this.reader = new ValueReader(problems, names);
  }

  /** The configuration; null when something is wrong that it cannot do without. */
  @Nullable Config bind(Block root) {
    var globals = new Values();
    for (var child : root.children()) {
      if (child instanceof Statement statement) {
        reader.read(Scope.GLOBAL, statement, globals);
      }
    }
    var blocks =
        root.children().stream().filter(Block.class::isInstance).map(Block.class::cast).toList();
    var settings = new GlobalBinder(globals, problems);
    var pair = settings.pair();
    var global = settings.settings();
    tellOfSameNames(blocks);
    var bound = services(blocks, globals);
    var services = new WholeFile(globals, blocks, problems).check(pair, bound);
    return pair == null ? null : LvsCfPrinter.withDigest(new Config(pair, services, global, ""));
  }

  private List<BoundService> services(List<Block> blocks, Values globals) {
    var bound = new ArrayList<BoundService>();
    var binder = new VirtualBinder(globals, reader, problems);
    for (var block : blocks) {
      switch (block.scope()) {
        case VIRTUAL -> {
          var service = binder.bind(block);
          if (service != null) {
            bound.add(service);
          }
        }
        case FAILOVER -> failover(block);
        case SERVER, GLOBAL -> binder.server(block, 80);
      }
    }
    return bound;
  }

  private void failover(Block block) {
    problems.report(
        ProblemCode.NOT_ACTED_ON,
        block.header(),
        "failover blocks have no effect in this version",
        "start and stop the service by other means");
    var values = new Values();
    for (var child : block.children()) {
      switch (child) {
        case Statement statement -> reader.read(Scope.FAILOVER, statement, values);
        case Block server ->
            problems.report(
                ProblemCode.NO_EFFECT,
                server.header(),
                "a server block has no effect in a failover block",
                "remove it, or make the block a virtual one");
      }
    }
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
            "line "
                + earlier.header().line().number()
                + " has a "
                + scope.word()
                + " "
                + Shown.quoted(block.name())
                + " already",
            "both count; give them different names");
      }
    }
  }
}
