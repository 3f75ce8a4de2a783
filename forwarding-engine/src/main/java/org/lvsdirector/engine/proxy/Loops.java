// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.proxy;

import io.netty.channel.IoEventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** The event loops of the engine. */
final class Loops {
  /** A loop keeps what it accepts unless it has so many connections more than another. */
  private static final int SLACK = 4;

  private final MultiThreadIoEventLoopGroup group;
  private final List<ProxyLoop> loops;
  private final AtomicInteger next = new AtomicInteger();
  private volatile boolean isClosing;

  Loops(Sockets sockets, ProxySettings settings, Incidents incidents) {
    var threads =
        settings.threads() == 0 ? Runtime.getRuntime().availableProcessors() : settings.threads();
    group =
        new MultiThreadIoEventLoopGroup(
            threads, new DefaultThreadFactory("proxy", true), sockets.handlers());
    loops = new ArrayList<>(threads);
    for (var executor : group) {
      loops.add(new ProxyLoop((IoEventLoop) executor, sockets, settings, incidents));
    }
  }

  List<ProxyLoop> all() {
    return loops;
  }

  /** One loop after the other, for what is to be spread over them. */
  ProxyLoop next() {
    return loops.get(Math.floorMod(next.getAndIncrement(), loops.size()));
  }

  /** Where a connection should live that was accepted by a loop. */
  ProxyLoop homeFor(ProxyLoop acceptedBy) {
    var home = acceptedBy;
    var most = acceptedBy.connections() - SLACK;
    for (var loop : loops) {
      if (loop.connections() < most) {
        most = loop.connections();
        home = loop;
      }
    }
    return home;
  }

  /** Has each loop do something soon. */
  void forEach(Consumer<ProxyLoop> action) {
    loops.forEach(loop -> loop.executor().execute(() -> action.accept(loop)));
  }

  /** Runs an action should a loop end before it is closed. */
  void onDeath(Runnable action) {
    for (var loop : loops) {
      var _ =
          loop.executor()
              .terminationFuture()
              .addListener(
                  _ -> {
                    if (!isClosing) {
                      action.run();
                    }
                  });
    }
  }

  /** Cuts every connection and ends the threads; returns when they have ended. */
  void close() {
    isClosing = true;
    loops.forEach(loop -> loop.await(loop::cutAll));
    group.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
  }
}
