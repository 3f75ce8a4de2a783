// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.lab;

/**
 * What a client noticed of a time.
 *
 * @param sent probes sent
 * @param lost probes without an answer in time
 * @param longestNanos the longest time without service: from the first lost probe to the next one
 *     that was answered
 * @param totalNanos all such times together
 */
public record Outage(long sent, long lost, long longestNanos, long totalNanos) {

  /** The longest time without service in milliseconds. */
  public long longestMillis() {
    return Math.round(longestNanos / 1e6);
  }

  /**
   * Finds the outages in a series of probes.
   *
   * @param sentNanos when each probe was sent, rising
   * @param answeredNanos when it was answered; 0 for never
   * @param patienceNanos an answer later than this is none
   */
  static Outage of(long[] sentNanos, long[] answeredNanos, long patienceNanos) {
    long lost = 0;
    long longest = 0;
    long total = 0;
    var from = -1;
    for (var i = 0; i <= sentNanos.length; i++) {
      var isEnd = i == sentNanos.length;
      var isAnswered =
          !isEnd && answeredNanos[i] != 0 && answeredNanos[i] - sentNanos[i] <= patienceNanos;
      if (!isEnd && !isAnswered) {
        lost++;
        from = from < 0 ? i : from;
      } else if (from >= 0) {
        var nanos = sentNanos[isEnd ? i - 1 : i] - sentNanos[from];
        longest = Math.max(longest, nanos);
        total += nanos;
        from = -1;
      }
    }
    return new Outage(sentNanos.length, lost, longest, total);
  }
}
