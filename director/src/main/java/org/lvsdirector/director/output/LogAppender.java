// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.output;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import ch.qos.logback.core.encoder.Encoder;
import org.jspecify.annotations.Nullable;

/**
 * The log of this process, on standard output. Takes no lock. Warnings and errors are important; a
 * line that has a marker, whichever, is kept before them.
 */
public final class LogAppender extends UnsynchronizedAppenderBase<ILoggingEvent> {
  private @Nullable Encoder<ILoggingEvent> encoder;

  /** For logback.xml: how an event becomes text. */
  public void setEncoder(Encoder<ILoggingEvent> encoder) {
    this.encoder = encoder;
  }

  @Override
  protected void append(ILoggingEvent event) {
    if (encoder != null) {
      ProcessOutput.write(encoder.encode(event), rank(event));
    }
  }

  private static Outlet.Rank rank(ILoggingEvent event) {
    var markers = event.getMarkerList();
    if (markers != null && !markers.isEmpty()) {
      return Outlet.Rank.KEPT;
    }
    var isImportant = event.getLevel().isGreaterOrEqual(Level.WARN);
    return isImportant ? Outlet.Rank.IMPORTANT : Outlet.Rank.ORDINARY;
  }
}
