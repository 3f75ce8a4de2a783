// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.simulation;

import static org.lvsdirector.simulation.Timeline.MS;

/** What happened, in words. */
final class Trace {

  private static final int SHOWN = 6000;

  private final Timeline time;
  private final StringBuilder text = new StringBuilder();

  Trace(Timeline time) {
    this.time = time;
  }

  void line(String what) {
    var micros = time.now() / 1000;
    var millis = Long.toString(micros / 1000);
    text.repeat(' ', Math.max(0, 8 - millis.length())).append(millis);
    if (time.now() % MS != 0) {
      text.append('.').append(micros % 1000 / 100);
    } else {
      text.append("  ");
    }
    text.append(" ms  ").append(what).append('\n');
  }

  /** The last of it. */
  String tail() {
    return text.substring(Math.max(0, text.length() - SHOWN));
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
