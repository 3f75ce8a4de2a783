// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.link;

import java.io.IOException;
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
  private static final long LOOK_MILLIS = 1_000;
  private static final int LOOKS_DOWN_BEFORE_REOPENING = 10;

  private final HeartbeatLink link;
  private final HeartbeatLink.Receiver receiver;
  private final OpenListener listener;
  private final Thread thread;
  private volatile boolean isClosed;

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
    this.thread =
        Thread.ofPlatform().name("pulse-link-" + link.name()).daemon().unstarted(this::keep);
  }

  public void start() {
    thread.start();
  }

  /** Stops keeping and closes the link. Repeating it is harmless. */
  @Override
  public void close() {
    isClosed = true;
    thread.interrupt();
    try {
      thread.join(LONGEST_PAUSE_MILLIS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    link.close();
  }

  private void keep() {
    try {
      while (!isClosed) {
        keepOnce();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** Opens the link and watches it until it must be opened anew, also after a defect. */
  private void keepOnce() throws InterruptedException {
    try {
      openAtLast();
      listener.changed(true);
      watch();
      listener.changed(false);
    } catch (RuntimeException e) {
      LOG.error("link={} is opened anew after a defect", link.name(), e);
      Thread.sleep(LONGEST_PAUSE_MILLIS);
    }
  }

  private void openAtLast() throws InterruptedException {
    var pauseMillis = FIRST_PAUSE_MILLIS;
    while (!isClosed) {
      try {
        link.open(receiver);
        LOG.info("link={} open local={} remote={}", link.name(), link.local(), link.remote());
        return;
      } catch (IOException e) {
        if (pauseMillis == FIRST_PAUSE_MILLIS) {
          LOG.warn("link={} cannot open, trying on: {}", link.name(), e.getMessage());
        }
      }
      Thread.sleep(pauseMillis);
      pauseMillis = Math.min(2 * pauseMillis, LONGEST_PAUSE_MILLIS);
    }
  }

  /** Returns when the link has been unable to send for a while and should be opened anew. */
  private void watch() throws InterruptedException {
    var down = 0;
    while (!isClosed && down < LOOKS_DOWN_BEFORE_REOPENING) {
      Thread.sleep(LOOK_MILLIS);
      down = link.isUp() ? 0 : down + 1;
    }
  }
}
