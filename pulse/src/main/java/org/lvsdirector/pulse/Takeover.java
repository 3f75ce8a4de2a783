// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.lvsdirector.config.Worded;

/**
 * Where the milliseconds of a takeover went, as the heartbeat loop saw it.
 *
 * @param term of the claim
 * @param lateNanos how late the loop noticed that a claim was due
 * @param doneNanos when each part of it was done, since the claim; no entry for a part that was not
 *     needed, or is not done
 */
public record Takeover(long term, long lateNanos, Map<Part, Long> doneNanos) {
  public Takeover {
    doneNanos = Map.copyOf(doneNanos);
  }

  /** What a takeover is made of, in the order in which the parts begin. */
  public enum Part implements Worded {
    /** The term is stored. */
    TERM("term"),
    /** Ping targets and the witness have answered. */
    PROOFS("proofs"),
    /** The addresses are held, and the engine serves them. */
    ADDRESSES("addresses"),
    /** The first announcement of each is on the wire. */
    ANNOUNCED("announced");

    private final String word;

    Part(String word) {
      this.word = word;
    }

    @Override
    public String word() {
      return word;
    }
  }

  /** {@code takeover claim=4 noticed-late=0.2ms term=3.1ms addresses=5.0ms announced=5.4ms}. */
  @Override
  public String toString() {
    var parts =
        new TreeMap<>(doneNanos)
            .entrySet().stream()
                .map(done -> " " + done.getKey().word + "=" + millis(done.getValue()))
                .collect(Collectors.joining());
    return "takeover claim=" + term + " noticed-late=" + millis(lateNanos) + parts;
  }

  private static String millis(long nanos) {
    return String.format(Locale.ROOT, "%.1fms", nanos / 1e6);
  }
}
