// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.daemon;

import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * Unix signals. The JDK offers them only in {@code sun.misc}, which the compiler warns of wherever
 * it is named, so they are reached by reflection.
 */
public final class Signals {
  private Signals() {}

  /**
   * Runs an action, on a thread of its own, each time a signal arrives.
   *
   * @param name without SIG, such as {@code HUP}
   */
  public static void on(String name, Runnable action) {
    try {
      var signal = Class.forName("sun.misc.Signal");
      var handler = Class.forName("sun.misc.SignalHandler");
      var run =
          MethodHandles.publicLookup()
              .findVirtual(Runnable.class, "run", MethodType.methodType(void.class))
              .bindTo(action);
      var handle = MethodHandles.dropArguments(run, 0, signal);
      signal
          .getMethod("handle", signal, handler)
          .invoke(
              null,
              signal.getConstructor(String.class).newInstance(name),
              MethodHandleProxies.asInterfaceInstance(handler, handle));
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException("this Java has no signals", impossible);
    }
  }
}
