// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.choice;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.Config;
import org.lvsdirector.config.directorconf.DirectorConf;
import org.lvsdirector.config.directorconf.DirectorConf.EngineChoice;
import org.lvsdirector.engine.Availability.Unusable;
import org.lvsdirector.engine.EngineKind;
import org.lvsdirector.engine.EngineUnavailableException;
import org.lvsdirector.engine.ForwardingEngine;
import org.lvsdirector.engine.Unserved;
import org.lvsdirector.engine.ipvs.IpvsKind;
import org.lvsdirector.engine.ipvs.sync.SyncLoop;
import org.lvsdirector.engine.proxy.ProxyKind;

/** Chooses and opens forwarding engines. To be called on platform threads: it asks the kernel. */
public final class Engines {
  private static final List<EngineKind> KINDS =
      List.of(new IpvsKind(SyncLoop::start), new ProxyKind());

  private Engines() {}

  /**
   * An engine that would have been better, but does not work.
   *
   * @param name its word in director.conf
   * @param reason why not
   */
  public record Passed(String name, String reason) {}

  /**
   * What would be opened.
   *
   * @param kind the engine; the best of those asked for, when none of them works
   * @param isUsable whether it works
   * @param passedOver those asked for that are not taken, best first
   * @param unserved what of lvs.cf it cannot serve
   */
  public record Chosen(
      EngineKind kind, boolean isUsable, List<Passed> passedOver, List<Unserved> unserved) {
    public Chosen {
      passedOver = List.copyOf(passedOver);
      unserved = List.copyOf(unserved);
    }
  }

  /**
   * The engine of this director.
   *
   * @param kind what it is
   * @param engine the engine; the caller closes it
   * @param passedOver with {@code auto}, the better ones, best first; otherwise empty
   */
  public record Opened(EngineKind kind, ForwardingEngine engine, List<Passed> passedOver) {
    public Opened {
      passedOver = List.copyOf(passedOver);
    }
  }

  /** Every engine, best first. */
  public static List<EngineKind> kinds() {
    return KINDS;
  }

  /**
   * The engine that {@link #open} would try to open.
   *
   * @param config lvs.cf; null when it is not known
   */
  public static Chosen choose(EngineChoice choice, @Nullable Config config) {
    return choose(choice, config, KINDS);
  }

  /** The choice among these, best first. */
  static Chosen choose(EngineChoice choice, @Nullable Config config, List<EngineKind> kinds) {
    var wanted = wanted(choice, kinds);
    var passed = new ArrayList<Passed>();
    Chosen spare = null;
    for (var kind : wanted) {
      var reason = obstacle(kind);
      var unserved = reason != null || config == null ? List.<Unserved>of() : kind.unserved(config);
      if (reason == null && unserved.isEmpty()) {
        return new Chosen(kind, true, passed, unserved);
      }
      if (reason == null && spare == null) {
        spare = new Chosen(kind, true, List.of(), unserved);
      }
      passed.add(new Passed(kind.word(), reason != null ? reason : cannotServe(unserved)));
    }
    return spare == null
        ? new Chosen(wanted.getFirst(), false, passed, List.of())
        : new Chosen(spare.kind, true, without(spare.kind, passed), spare.unserved);
  }

  private static List<Passed> without(EngineKind kind, List<Passed> passed) {
    return passed.stream().filter(one -> !one.name().equals(kind.word())).toList();
  }

  /** That an engine cannot serve something, in a line. */
  public static String cannotServe(List<Unserved> unserved) {
    var more = unserved.size() == 1 ? "" : ", and " + (unserved.size() - 1) + " more";
    return "cannot serve " + unserved.getFirst() + more;
  }

  /**
   * Opens the engine that was chosen, or with {@code auto} the best that works and can serve this
   * lvs.cf. One that works and cannot serve it is opened when there is no other.
   *
   * @throws EngineUnavailableException when it does not work, saying why; with {@code auto}, when
   *     none does
   */
  public static Opened open(DirectorConf conf, Config config) {
    return open(conf, config, KINDS);
  }

  /** The choice among these, best first. */
  static Opened open(DirectorConf conf, Config config, List<EngineKind> kinds) {
    var passed = new ArrayList<Passed>();
    var spare = new ArrayList<EngineKind>();
    for (var kind : wanted(conf.engine(), kinds)) {
      var reason = obstacle(kind);
      if (reason == null) {
        var unserved = kind.unserved(config);
        if (unserved.isEmpty()) {
          try {
            return new Opened(kind, kind.open(conf, config.global()), passed);
          } catch (IllegalArgumentException e) {
            reason = String.valueOf(e.getMessage());
          }
        } else {
          spare.add(kind);
          reason = cannotServe(unserved);
        }
      }
      passed.add(new Passed(kind.word(), reason));
    }
    return openSpare(conf, config, spare, passed);
  }

  private static Opened openSpare(
      DirectorConf conf, Config config, List<EngineKind> spare, List<Passed> passed) {
    for (var kind : spare) {
      try {
        return new Opened(kind, kind.open(conf, config.global()), without(kind, passed));
      } catch (IllegalArgumentException e) {
        passed.add(new Passed(kind.word(), String.valueOf(e.getMessage())));
      }
    }
    throw new EngineUnavailableException(
        passed.stream()
            .map(kind -> "engine " + kind.name() + " is not usable: " + kind.reason())
            .collect(Collectors.joining("; ")));
  }

  private static List<EngineKind> wanted(EngineChoice choice, List<EngineKind> kinds) {
    var word = choice.name().toLowerCase(Locale.ROOT);
    return choice == EngineChoice.AUTO
        ? kinds
        : kinds.stream().filter(kind -> kind.word().equals(word)).toList();
  }

  /** Why it does not work here; null when it does. */
  private static @Nullable String obstacle(EngineKind kind) {
    return kind.availability() instanceof Unusable(String reason) ? reason : null;
  }
}
