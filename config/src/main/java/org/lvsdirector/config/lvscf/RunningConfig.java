// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config.lvscf;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.Config;
import org.lvsdirector.config.GlobalSettings;
import org.lvsdirector.config.Unused;
import org.lvsdirector.config.lvscf.directive.Directive;
import org.lvsdirector.config.lvscf.syntax.Scope;

/**
 * What of an lvs.cf that was read anew is in force in a running director. The pair (links, port,
 * timers, arbitration) and connection sync are what it started with; all else is taken. Pure.
 */
public final class RunningConfig {
  private RunningConfig() {}

  /** What is in force once a running director has taken a file; its digest is of that. */
  public static Config after(Config running, Config fresh) {
    var global = fresh.global();
    var inForce =
        new GlobalSettings(
            global.natRouter(),
            global.tcpTimeout(),
            global.tcpFinTimeout(),
            global.udpTimeout(),
            global.isMonitoringLinks(),
            running.global().connectionSync(),
            global.commands());
    return LvsCfPrinter.withDigest(
        new Config(
            running.pair(), fresh.services(), inForce, fresh.failovers(), fresh.unused(), ""));
  }

  /** The settings of a file that are not in force, a line each for people. */
  public static List<String> waiting(Config inForce, Config fresh) {
    var now = statements(inForce);
    var wanted = statements(fresh);
    var waiting = new ArrayList<String>();
    wanted.forEach(
        (name, value) -> {
          var present = now.get(name);
          if (!value.equals(present)) {
            waiting.add(line(name, value, present));
          }
        });
    now.forEach(
        (name, present) -> {
          if (!wanted.containsKey(name)) {
            waiting.add(line(name, null, present));
          }
        });
    return waiting;
  }

  private static String line(String name, @Nullable String wanted, @Nullable String present) {
    return (wanted == null ? name + " is gone" : name + " = " + wanted)
        + " ("
        + (present == null ? "none" : present)
        + " is in force)";
  }

  private static Map<String, String> statements(Config config) {
    var statements = new Statements();
    LvsCfPrinter.print(
        new Config(
            config.pair(),
            config.services(),
            config.global(),
            config.failovers(),
            Unused.NONE,
            config.digest()),
        statements);
    return statements.all;
  }

  /** The statements of a file by where they stand. */
  private static final class Statements implements ConfigSink {
    private final Map<String, String> all = new LinkedHashMap<>();
    private final Deque<String> blocks = new ArrayDeque<>();

    @Override
    public void open(Scope scope, String name) {
      blocks.addLast(scope.word() + " " + name + ": ");
    }

    @Override
    public void line(Directive<?> directive, String value) {
      all.put(String.join("", blocks) + directive.word(), value);
    }

    @Override
    public void close() {
      blocks.removeLast();
    }
  }
}
