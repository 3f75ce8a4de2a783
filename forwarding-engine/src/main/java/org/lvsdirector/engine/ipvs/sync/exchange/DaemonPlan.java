// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.ipvs.sync.exchange;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.IpAddress;
import org.lvsdirector.engine.ipvs.KernelDaemon;
import org.lvsdirector.engine.ipvs.KernelDaemon.State;

/**
 * What to do so that the sync daemons run that shall run. Daemons of another tool are never
 * stopped. Pure.
 *
 * @param steps what to do, in order
 * @param problem why they will not run as they should all the same; empty when they will
 */
public record DaemonPlan(List<Step> steps, String problem) {
  /** The kernel's own choice. */
  public static final IpAddress GROUP = IpAddress.of("224.0.0.81");

  /** The kernel's own choice. */
  public static final int PORT = 8848;

  public DaemonPlan {
    steps = List.copyOf(steps);
  }

  /** One thing to do. */
  public sealed interface Step {
    /** Start this daemon. */
    record Start(KernelDaemon daemon) implements Step {}

    /** Stop the daemon of this state. */
    record Stop(State state) implements Step {}
  }

  /**
   * What shall run.
   *
   * @param device the interface
   * @param id tells apart pairs that share a network
   * @param states which daemons
   */
  public record Wanted(String device, int id, Set<State> states) {
    public Wanted {
      states = Set.copyOf(states);
    }
  }

  /**
   * The plan.
   *
   * @param running what the kernel says
   * @param ours the states whose daemons this director has started
   */
  public static DaemonPlan of(Wanted wanted, Collection<KernelDaemon> running, Set<State> ours) {
    var steps = new ArrayList<Step>();
    var problem = "";
    for (var state : State.values()) {
      var present = of(state, running);
      var isWanted = wanted.states.contains(state);
      var isRight = present != null && isAs(present, wanted);
      if (present != null && !(isWanted && isRight) && ours.contains(state)) {
        steps.add(new Step.Stop(state));
        present = null;
      }
      if (isWanted && present == null) {
        steps.add(new Step.Start(new KernelDaemon(state, wanted.device, wanted.id, null)));
      } else if (isWanted && present != null && !isRight) {
        problem = foreign(present);
      }
    }
    return new DaemonPlan(steps, problem);
  }

  private static @Nullable KernelDaemon of(State state, Collection<KernelDaemon> running) {
    return running.stream().filter(daemon -> daemon.state() == state).findFirst().orElse(null);
  }

  private static boolean isAs(KernelDaemon present, Wanted wanted) {
    var channel = present.channel();
    return present.device().equals(wanted.device)
        && present.id() == wanted.id
        && (channel == null || channel.group().equals(GROUP) && channel.port() == PORT);
  }

  private static String foreign(KernelDaemon present) {
    return "another tool runs the %s sync daemon on %s with id %d; stop it (ipvsadm --stop-daemon %s)"
        .formatted(word(present.state()), present.device(), present.id(), word(present.state()));
  }

  /** What ipvsadm calls it. */
  public static String word(State state) {
    return switch (state) {
      case MASTER -> "master";
      case BACKUP -> "backup";
    };
  }
}
