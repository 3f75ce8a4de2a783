package org.lvsdirector.engine;

import java.util.function.Supplier;

/**
 * An engine before it is opened.
 *
 * @param name its word in director.conf
 * @param availability whether it works here; asks the machine at each call
 * @param opener opens it; {@link IllegalArgumentException} when its settings do not work here
 */
record EngineKind(
    String name, Supplier<Availability> availability, Supplier<ForwardingEngine> opener) {}
