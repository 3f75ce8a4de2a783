// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.choice;

import java.util.List;
import java.util.Set;
import org.lvsdirector.config.GlobalSettings;
import org.lvsdirector.config.directorconf.DirectorConf;
import org.lvsdirector.engine.Availability;
import org.lvsdirector.engine.Capability;
import org.lvsdirector.engine.EngineKind;
import org.lvsdirector.engine.ForwardingEngine;
import org.lvsdirector.engine.KernelNeed;

/** An engine that director.conf knows, but this version does not have. */
record UnbuiltKind(String word) implements EngineKind {
  private static final String REASON = "not part of this version";

  @Override
  public String about() {
    return "Is " + REASON + ".";
  }

  @Override
  public Availability availability() {
    return new Availability.Unusable(REASON);
  }

  @Override
  public ForwardingEngine open(DirectorConf conf, GlobalSettings global) {
    throw new IllegalArgumentException(REASON);
  }

  @Override
  public List<KernelNeed> needs() {
    return List.of();
  }

  @Override
  public Set<Capability> can() {
    return Set.of();
  }
}
