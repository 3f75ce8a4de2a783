// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** What an engine implements. */
public final class Capabilities {
  private Capabilities() {}

  /** By its interfaces. */
  public static Set<Capability> of(ForwardingEngine engine) {
    return Arrays.stream(Capability.values())
        .filter(capability -> capability.part().isInstance(engine))
        .collect(Collectors.toSet());
  }
}
