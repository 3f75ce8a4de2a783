// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.choice;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.lvsdirector.config.directorconf.DirectorConf.EngineChoice;
import org.lvsdirector.engine.Availability;
import org.lvsdirector.engine.Availability.Unusable;
import org.lvsdirector.engine.Availability.Usable;
import org.lvsdirector.engine.EngineUnavailableException;
import org.lvsdirector.engine.ForwardingEngine;
import org.lvsdirector.engine.ipvs.IpvsEngine;
import org.lvsdirector.engine.ipvs.IpvsProbe;
import org.lvsdirector.engine.proxy.ProxyEngine;
import org.lvsdirector.linux.Libc;

/** Opens forwarding engines. To be called on platform threads: it asks the kernel. */
public final class Engines {
  private Engines() {}

  /**
   * An engine that could be chosen.
   *
   * @param name its word in director.conf
   * @param availability whether it works on this machine
   */
  public record Candidate(String name, Availability availability) {}

  /**
   * An engine that would have been better, but does not work.
   *
   * @param name its word in director.conf
   * @param reason why not
   */
  public record Passed(String name, String reason) {}

  /**
   * The engine of this director.
   *
   * @param engine the engine; the caller closes it
   * @param passedOver with {@code auto}, the better ones, best first; otherwise empty
   */
  public record Opened(ForwardingEngine engine, List<Passed> passedOver) {
    public Opened {
      passedOver = List.copyOf(passedOver);
    }
  }

  /** Every engine and whether it works on this machine, best first. */
  public static List<Candidate> candidates() {
    return kinds(EngineSettings.DEFAULT).stream()
        .map(kind -> new Candidate(kind.name(), kind.availability().get()))
        .toList();
  }

  /**
   * Opens the engine that was chosen, or with {@code auto} the best that works.
   *
   * @throws EngineUnavailableException when it does not work, saying why; with {@code auto}, when
   *     none does
   */
  public static Opened open(EngineSettings settings) {
    return open(settings.choice(), kinds(settings));
  }

  private static List<EngineKind> kinds(EngineSettings settings) {
    return List.of(
        new EngineKind(
            "ipvs",
            () -> IpvsProbe.availability(Libc.system()),
            () -> IpvsEngine.open(settings.ipvs(), Libc.system())),
        unbuilt("bpf", () -> new Unusable("not part of this version")),
        new EngineKind("proxy", Usable::new, () -> ProxyEngine.open(settings.proxy())));
  }

  private static EngineKind unbuilt(String name, Supplier<Availability> availability) {
    return new EngineKind(
        name,
        availability,
        () -> {
          throw new IllegalArgumentException("not part of this version");
        });
  }

  /** The choice among these, best first. */
  static Opened open(EngineChoice choice, List<EngineKind> kinds) {
    var word = choice.name().toLowerCase(Locale.ROOT);
    var passed = new ArrayList<Passed>();
    for (var kind : kinds) {
      if (choice != EngineChoice.AUTO && !kind.name().equals(word)) {
        continue;
      }
      if (kind.availability().get() instanceof Unusable(String reason)) {
        passed.add(new Passed(kind.name(), reason));
        continue;
      }
      try {
        return new Opened(kind.opener().get(), passed);
      } catch (IllegalArgumentException e) {
        passed.add(new Passed(kind.name(), String.valueOf(e.getMessage())));
      }
    }
    throw new EngineUnavailableException(
        passed.stream()
            .map(kind -> "engine " + kind.name() + " is not usable: " + kind.reason())
            .collect(Collectors.joining("; ")));
  }
}
