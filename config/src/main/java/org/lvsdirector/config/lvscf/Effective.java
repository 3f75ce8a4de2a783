// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config.lvscf;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.Config;
import org.lvsdirector.config.ServiceKey;
import org.lvsdirector.config.lvscf.binding.BoundService;
import org.lvsdirector.config.lvscf.binding.Origins;
import org.lvsdirector.config.lvscf.binding.UnusedBlock;
import org.lvsdirector.config.lvscf.catalogue.GlobalDirectives;
import org.lvsdirector.config.lvscf.check.CheckDirectives;
import org.lvsdirector.config.lvscf.directive.Directive;
import org.lvsdirector.config.lvscf.directive.Quoting;
import org.lvsdirector.config.lvscf.directive.Values;
import org.lvsdirector.config.lvscf.syntax.Scope;
import org.lvsdirector.config.problem.PrintableText;

/**
 * Every setting of an lvs.cf that is in force, with where it comes from.
 *
 * @param settings in canonical order; empty when an error leaves nothing in force
 * @param verdict what is wrong or odd
 */
public record Effective(List<Setting> settings, LvsCf.Verdict verdict) {
  public Effective {
    settings = List.copyOf(settings);
  }

  /**
   * One setting.
   *
   * @param blocks the blocks around it from the outside in, such as {@code virtual shop}; empty at
   *     top level
   * @param name the directive
   * @param value its value as lvs.cf writes it
   * @param origin {@code FILE:LINE}, or why it holds without being written
   */
  public record Setting(List<String> blocks, String name, String value, String origin) {
    public Setting {
      blocks = List.copyOf(blocks);
    }
  }

  static Effective of(LvsCf.Read read) {
    var config = read.parsed().config();
    var origins = read.origins();
    if (config == null || origins == null) {
      return new Effective(List.of(), read.parsed().verdict());
    }
    var sink = new Sink(origins, config);
    LvsCfPrinter.print(config, sink);
    return new Effective(sink.settings, read.parsed().verdict());
  }

  /** The settings as an lvs.cf whose comments tell the origins. */
  public String text() {
    var text = new StringBuilder();
    var open = List.<String>of();
    for (var setting : settings) {
      move(open, setting.blocks(), text);
      open = setting.blocks();
      var line = "\t".repeat(open.size()) + setting.name() + " = " + setting.value();
      text.append(line).append(" ".repeat(Math.max(1, 48 - line.length())));
      text.append("# ").append(setting.origin()).append('\n');
    }
    move(open, List.of(), text);
    return text.toString();
  }

  private static void move(List<String> from, List<String> to, StringBuilder text) {
    var same = 0;
    while (same < from.size() && same < to.size() && from.get(same).equals(to.get(same))) {
      same++;
    }
    for (var depth = from.size(); depth > same; depth--) {
      text.append("\t".repeat(depth - 1)).append("}\n");
    }
    for (var depth = same; depth < to.size(); depth++) {
      text.append(depth == 0 ? "\n" : "").append("\t".repeat(depth));
      text.append(to.get(depth)).append(" {\n");
    }
  }

  /** Follows the printer through the blocks that the configuration was read from. */
  private static final class Sink implements ConfigSink {
    /** What a block without it takes from the block around it. */
    private static final Set<String> INHERITED =
        Set.of("network", "port", "tunnel_type", "tunnel_port");

    private final List<Setting> settings = new ArrayList<>();
    private final Deque<String> blocks = new ArrayDeque<>();
    private final Deque<Values> values = new ArrayDeque<>();
    private final Map<Scope, Iterator<Opened>> next = new HashMap<>();

    /** What a block says, and the server blocks in it. */
    private record Opened(Values values, List<Opened> servers) {
      static Opened of(Values values) {
        return new Opened(values, List.of());
      }

      static Opened of(UnusedBlock unused) {
        return new Opened(unused.values(), unused.servers().stream().map(Opened::of).toList());
      }

      static Opened of(BoundService service) {
        var servers = new ArrayList<Opened>();
        service.servers().forEach(server -> servers.add(of(server.values())));
        service.inactive().forEach(server -> servers.add(of(server)));
        return new Opened(service.values(), servers);
      }
    }

    Sink(Origins origins, Config config) {
      values.push(origins.globals());
      next.put(Scope.LINK, origins.links().stream().map(one -> Opened.of(one.values())).iterator());
      var virtuals = new ArrayList<Opened>();
      if (!config.services().isEmpty()) {
        inPrintedOrder(origins.services()).forEach(one -> virtuals.add(Opened.of(one)));
      }
      var failovers = new ArrayList<Opened>();
      if (!config.failovers().isEmpty()) {
        origins.failovers().forEach(one -> failovers.add(Opened.of(one.values())));
      }
      for (var unused : origins.unused()) {
        (unused.scope() == Scope.VIRTUAL ? virtuals : failovers).add(Opened.of(unused));
      }
      next.put(Scope.VIRTUAL, virtuals.iterator());
      next.put(Scope.FAILOVER, failovers.iterator());
    }

    /** Blocks of one firewall mark are printed together, behind the first of them. */
    private static List<BoundService> inPrintedOrder(List<BoundService> services) {
      var byKey = new LinkedHashMap<ServiceKey, List<BoundService>>();
      for (var service : services) {
        byKey.computeIfAbsent(service.service().key(), _ -> new ArrayList<>()).add(service);
      }
      return byKey.values().stream().flatMap(List::stream).toList();
    }

    @Override
    public boolean wantsPresets() {
      return true;
    }

    @Override
    public void open(Scope scope, String name) {
      blocks.addLast(scope.word() + " " + Quoting.name(name));
      values.push(valuesOf(scope));
    }

    private Values valuesOf(Scope scope) {
      var iterator = next.get(scope);
      var own = iterator != null && iterator.hasNext() ? iterator.next() : Opened.of(new Values());
      if (scope == Scope.VIRTUAL) {
        next.put(Scope.SERVER, own.servers().iterator());
      }
      return own.values();
    }

    @Override
    public void line(Directive<?> directive, String value) {
      if (directive.equals(GlobalDirectives.PRIMARY)) {
        inForce(GlobalDirectives.SERVICE_KIND);
      } else if (directive.equals(CheckDirectives.RISE)) {
        reentry();
      }
      settings.add(new Setting(List.copyOf(blocks), directive.word(), value, origin(directive)));
      if (directive.equals(GlobalDirectives.FAILBACK)) {
        inForce(GlobalDirectives.NETWORK);
      }
    }

    /** What rise is made from when it is not given. */
    private void reentry() {
      var own = values.peekFirst();
      if (own != null && !own.isMentioned(CheckDirectives.RISE)) {
        inForce(CheckDirectives.REENTRY);
      }
    }

    /** A directive of the present block that the printer writes in another way, or not at all. */
    private <T> void inForce(Directive<T> directive) {
      var own = values.peekFirst();
      var isTold =
          blocks.isEmpty()
              && settings.stream().anyMatch(told -> told.name().equals(directive.word()));
      if (own != null && !isTold) {
        var value = directive.type().print(own.get(directive));
        settings.add(new Setting(List.copyOf(blocks), directive.word(), value, origin(directive)));
      }
    }

    private String origin(Directive<?> directive) {
      var own = given(directive.word(), values.peekFirst());
      if (own != null) {
        return own;
      }
      if (INHERITED.contains(directive.word())) {
        for (var outer : values) {
          var inherited = given(directive.word(), outer);
          if (inherited != null) {
            return inherited;
          }
        }
      }
      for (var other : directive.sources()) {
        var from = given(other, values.peekFirst());
        if (from != null) {
          return "by " + other + ", " + from;
        }
      }
      return "default";
    }

    private static @Nullable String given(String word, @Nullable Values block) {
      var name = block == null ? null : block.nameOf(word);
      return name == null
          ? null
          : PrintableText.printable(name.line().file()) + ":" + name.line().number();
    }

    @Override
    public void close() {
      blocks.removeLast();
      values.pop();
    }
  }
}
