// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.lab;

import java.io.Closeable;
import java.io.IOException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * When a host's kernel had an address: {@code ip monitor} is the witness, a program that knows
 * nothing of directors.
 */
public final class AddressWatch implements Closeable {
  private static final String NAME = "ip-monitor";
  private static final Pattern LINE =
      Pattern.compile(
          "\\[(\\S+)\\] *(Deleted)? *\\d+: (\\S+) +inet6? (\\S+?)(?:/\\d+)? .*", Pattern.MULTILINE);

  private final Host host;
  private final int skip;

  /**
   * A time in which a host had an address, by {@link System#nanoTime}.
   *
   * @param fromNanos its beginning
   * @param untilNanos its end; {@link Long#MAX_VALUE} while it lasts
   */
  public record Held(long fromNanos, long untilNanos) {
    /** For how long both were held, counted between two moments. */
    static long overlap(List<Held> one, List<Held> other, long fromNanos, long untilNanos) {
      long sum = 0;
      for (var a : one) {
        for (var b : other) {
          var from = Math.max(Math.max(a.fromNanos, b.fromNanos), fromNanos);
          var until = Math.min(Math.min(a.untilNanos, b.untilNanos), untilNanos);
          sum += Math.max(0, until - from);
        }
      }
      return sum;
    }
  }

  private AddressWatch(Host host, int skip) {
    this.host = host;
    this.skip = skip;
  }

  /** Starts to watch a host. */
  public static AddressWatch start(Host host) throws IOException {
    var watch = new AddressWatch(host, host.said(NAME).length());
    host.start(NAME, List.of("ip", "-o", "-ts", "monitor", "address"), Map.of());
    return watch;
  }

  /** The times in which it had an address that it did not have at the start. */
  public List<Held> held(String address) throws IOException {
    var held = new ArrayList<Held>();
    var lines = LINE.matcher(host.said(NAME).substring(skip));
    var from = 0L;
    var isHeld = false;
    while (lines.find()) {
      if (!lines.group(4).equals(address)) {
        continue;
      }
      var at = nanos(lines.group(1));
      if (lines.group(2) != null && isHeld) {
        held.add(new Held(from, at));
        isHeld = false;
      } else if (lines.group(2) == null && !isHeld) {
        from = at;
        isHeld = true;
      }
    }
    if (isHeld) {
      held.add(new Held(from, Long.MAX_VALUE));
    }
    return held;
  }

  private static long nanos(String local) {
    return WallClock.nanos(LocalDateTime.parse(local).atZone(ZoneId.systemDefault()).toInstant());
  }

  @Override
  public void close() throws IOException {
    host.process(NAME).destroy();
  }
}
