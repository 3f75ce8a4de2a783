// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.choice;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.GlobalSettings;
import org.lvsdirector.config.directorconf.DirectorConf;
import org.lvsdirector.config.directorconf.DirectorConf.EngineChoice;
import org.lvsdirector.engine.Availability.Unusable;
import org.lvsdirector.engine.EngineKind;
import org.lvsdirector.engine.EngineUnavailableException;
import org.lvsdirector.engine.ForwardingEngine;
import org.lvsdirector.engine.ipvs.IpvsKind;
import org.lvsdirector.engine.ipvs.sync.SyncLoop;
import org.lvsdirector.engine.proxy.ProxyKind;

/** Chooses and opens forwarding engines. To be called on platform threads: it asks the kernel. */
public final class Engines {
  private static final List<EngineKind> KINDS =
      List.of(new IpvsKind(SyncLoop::start), new UnbuiltKind("bpf"), new ProxyKind());

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
   * @param passedOver those asked for that do not work, best first
   */
  public record Chosen(EngineKind kind, boolean isUsable, List<Passed> passedOver) {
    public Chosen {
      passedOver = List.copyOf(passedOver);
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

  /** The engine that {@link #open} would try to open. */
  public static Chosen choose(EngineChoice choice) {
    return choose(wanted(choice, KINDS));
  }

  /**
   * Opens the engine that was chosen, or with {@code auto} the best that works.
   *
   * @throws EngineUnavailableException when it does not work, saying why; with {@code auto}, when
   *     none does
   */
  public static Opened open(DirectorConf conf, GlobalSettings global) {
    return open(conf, global, KINDS);
  }

  /** The choice among these, best first. */
  static Opened open(DirectorConf conf, GlobalSettings global, List<EngineKind> kinds) {
    var passed = new ArrayList<Passed>();
    for (var kind : wanted(conf.engine(), kinds)) {
      var reason = obstacle(kind);
      if (reason == null) {
        try {
          return new Opened(kind, kind.open(conf, global), passed);
        } catch (IllegalArgumentException e) {
          reason = String.valueOf(e.getMessage());
        }
      }
      passed.add(new Passed(kind.word(), reason));
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

  private static Chosen choose(List<EngineKind> wanted) {
    var passed = new ArrayList<Passed>();
    for (var kind : wanted) {
      var reason = obstacle(kind);
      if (reason == null) {
        return new Chosen(kind, true, passed);
      }
      passed.add(new Passed(kind.word(), reason));
    }
    return new Chosen(wanted.getFirst(), false, passed);
  }

  /** Why it does not work here; null when it does. */
  private static @Nullable String obstacle(EngineKind kind) {
    return kind.availability() instanceof Unusable(String reason) ? reason : null;
  }
}
