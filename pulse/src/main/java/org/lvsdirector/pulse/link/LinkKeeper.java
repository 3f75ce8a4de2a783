// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.link;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.lvsdirector.linux.AgentLoop;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens one link and keeps it open: tries for ever, with growing pauses, on a thread of its own, so
 * that a link whose address is missing stops neither the other links nor the heartbeats.
 */
public final class LinkKeeper implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LinkKeeper.class);
  private static final long FIRST_PAUSE_MILLIS = 250;
  private static final long LONGEST_PAUSE_MILLIS = 5_000;
  private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final int LOOKS_DOWN_BEFORE_REOPENING = 10;

  private final HeartbeatLink link;
  private final HeartbeatLink.Receiver receiver;
  private final OpenListener listener;
  private final AgentLoop loop;

  /** Is told when the link can be heard on, and when no longer. */
  @FunctionalInterface
  public interface OpenListener {
    /** The link was opened or closed. */
    void changed(boolean isOpen);
  }

  public LinkKeeper(HeartbeatLink link, HeartbeatLink.Receiver receiver, OpenListener listener) {
    this.listener = listener;
    this.link = link;
    this.receiver = receiver;
    loop =
        new AgentLoop(
                "pulse-link-" + link.name(),
                this::keep,
                e -> LOG.error("link={} is opened anew after a defect", link.name(), e))
            .pausingAfterFailure(LONGEST_PAUSE_MILLIS);
  }

  public void start() {
    loop.start();
  }

  /** Stops keeping and closes the link. Repeating it is harmless. */
  @Override
  public void close() {
    loop.close();
    link.close();
  }

  /** Opens the link and watches it until it must be opened anew. */
  private void keep() throws InterruptedException {
    if (isOpenAtLast()) {
      listener.changed(true);
      watch();
      if (!loop.isClosing()) {
        listener.changed(false);
      }
    }
  }

  /** False at the end. */
  private boolean isOpenAtLast() throws InterruptedException {
    var pauseMillis = FIRST_PAUSE_MILLIS;
    while (!loop.isClosing()) {
      try {
        link.open(receiver);
        LOG.info("link={} open local={} remote={}", link.name(), link.local(), link.remote());
        return true;
      } catch (IOException e) {
        if (pauseMillis == FIRST_PAUSE_MILLIS) {
          LOG.warn("link={} cannot open, trying on: {}", link.name(), e.getMessage());
        }
      }
      loop.pause(TimeUnit.MILLISECONDS.toNanos(pauseMillis));
      pauseMillis = Math.min(2 * pauseMillis, LONGEST_PAUSE_MILLIS);
    }
    return false;
  }

  /** Returns when the link has been unable to send for a while and should be opened anew. */
  private void watch() throws InterruptedException {
    var down = 0;
    while (!loop.isClosing() && down < LOOKS_DOWN_BEFORE_REOPENING) {
      loop.pause(LOOK_NANOS);
      down = link.isUp() ? 0 : down + 1;
    }
  }
}
