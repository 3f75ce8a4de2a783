// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.choice;

import java.util.function.Supplier;
import org.lvsdirector.engine.Availability;
import org.lvsdirector.engine.ForwardingEngine;

/**
 * An engine before it is opened.
 *
 * @param name its word in director.conf
 * @param availability whether it works here; asks the machine at each call
 * @param opener opens it; {@link IllegalArgumentException} when its settings do not work here
 */
record EngineKind(
    String name, Supplier<Availability> availability, Supplier<ForwardingEngine> opener) {}
