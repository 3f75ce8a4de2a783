// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine;

import java.util.List;
import java.util.Set;
import org.lvsdirector.config.Config;
import org.lvsdirector.config.GlobalSettings;
import org.lvsdirector.config.directorconf.DirectorConf;

/** An engine before it is opened: what it is, needs and can. One for each package of an engine. */
public interface EngineKind {

  /** Its word in director.conf. */
  String word();

  /** What it is, in one sentence for an operator. */
  String about();

  /** Whether it works here; asks the machine at each call, on a platform thread. */
  Availability availability();

  /**
   * Opens it.
   *
   * @throws IllegalArgumentException when its settings do not work here, saying why
   */
  ForwardingEngine open(DirectorConf conf, GlobalSettings global);

  /**
   * The services of this lvs.cf that it cannot serve on any machine. A director with such an engine
   * is not fit.
   */
  default List<Unserved> unserved(Config config) {
    return List.of();
  }

  /** What it needs of the kernel, whatever lvs.cf says. */
  List<KernelNeed> needs();

  /** What it needs of the kernel for this lvs.cf. */
  default List<KernelNeed> needs(Config config) {
    return needs().stream().filter(need -> need.when().isIn(config)).toList();
  }

  /** What it can beyond forwarding: the interfaces of what {@link #open} returns. */
  Set<Capability> can();

  /**
   * The line of director.conf by which a running director sets its needs itself; empty when there
   * is none.
   */
  default String needsDirective() {
    return "";
  }

  /** Whether this director.conf says so. */
  default boolean isSettingNeeds(DirectorConf conf) {
    return false;
  }
}
