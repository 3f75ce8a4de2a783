// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.addresses;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.lvsdirector.linux.AgentLoop;
import org.lvsdirector.linux.Libc;
import org.lvsdirector.linux.LinuxException;
import org.lvsdirector.linux.RouteEvent;
import org.lvsdirector.linux.RouteEvents;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears what happens to interfaces and addresses as it happens, on a thread of its own. Changes
 * that come close together are told together.
 */
final class InterfaceWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(InterfaceWatch.class);
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final int TOGETHER = 10_000;

  private final Libc libc;
  private final Consumer<List<RouteEvent>> listener;
  private final AgentLoop loop;
  private volatile RouteEvents events;
  private boolean isLost;

  /** A watch that hears from now on, and tells once it is started. */
  InterfaceWatch(Libc libc, Consumer<List<RouteEvent>> listener) throws LinuxException {
    this.libc = libc;
    this.listener = listener;
    events = RouteEvents.open(libc);
    loop =
        new AgentLoop("pulse-interfaces", this::hear, this::failed)
            .wokenBy(() -> events.wake())
            .endingWith(() -> events.close());
  }

  void start() {
    loop.start();
  }

  private void hear() throws LinuxException {
    if (isLost) {
      reopen();
    } else {
      var heard = heard();
      if (!heard.isEmpty() && !loop.isClosing()) {
        listener.accept(heard);
      }
    }
  }

  private void failed(Exception e) {
    if (e instanceof LinuxException) {
      LOG.warn("cannot hear of changes of interfaces, trying on: {}", e.getMessage());
      isLost = true;
    } else {
      LOG.error("the watch of interfaces goes on after a defect of its own", e);
    }
  }

  private List<RouteEvent> heard() throws LinuxException {
    var heard = new ArrayList<>(events.next(PATIENCE));
    var size = 0;
    while (heard.size() > size && size < TOGETHER) {
      size = heard.size();
      heard.addAll(events.next(Duration.ZERO));
    }
    return heard;
  }

  /** What happened meanwhile is lost. */
  private void reopen() throws LinuxException {
    var fresh = RouteEvents.open(libc);
    events.close();
    events = fresh;
    isLost = false;
    listener.accept(List.of(new RouteEvent.Lost()));
  }

  @Override
  public void close() {
    loop.close();
  }
}
