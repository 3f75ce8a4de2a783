// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.output;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;

/**
 * Gathers what is written until a line ends and hands it to an outlet, so that lines are dropped
 * whole. The print stream above it lets one thread in at a time.
 */
final class LineStream extends OutputStream {
  private static final int LONGEST = 1 << 16;

  private final Outlet outlet;
  private final OutputStream target;
  private final ByteArrayOutputStream begun = new ByteArrayOutputStream();

  LineStream(Outlet outlet, OutputStream target) {
    this.outlet = outlet;
    this.target = target;
  }

  @Override
  public void write(int letter) {
    begun.write(letter);
    if (letter == '\n' || begun.size() >= LONGEST) {
      flush();
    }
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    begun.write(bytes, offset, length);
    if (length > 0 && bytes[offset + length - 1] == '\n' || begun.size() >= LONGEST) {
      flush();
    }
  }

  /** Hands over what there is, though the line has not ended. */
  @Override
  public void flush() {
    if (begun.size() > 0) {
      outlet.offer(target, begun.toByteArray(), Outlet.Rank.IMPORTANT);
      begun.reset();
    }
  }
}
