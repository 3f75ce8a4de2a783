// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.lab;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends numbered datagrams at a steady pace and notes which come back. A sender that is held up
 * sends nothing later for it, so that a busy machine is not taken for an outage.
 */
public final class UdpProber implements Closeable {
  /** An answer that takes longer helps nobody. */
  static final long PATIENCE_NANOS = 250_000_000L;

  static final int MOST = 1 << 19;

  private final DatagramChannel channel;
  private final InetSocketAddress target;
  private final long intervalNanos;
  private final long[] sent = new long[MOST];
  private final long[] answered = new long[MOST];
  private volatile int count;
  private volatile boolean isClosed;

  private UdpProber(DatagramChannel channel, InetSocketAddress target, long intervalNanos) {
    this.channel = channel;
    this.target = target;
    this.intervalNanos = intervalNanos;
  }

  /** Starts one on a host, with so many probes a second. */
  public static UdpProber start(Host host, InetSocketAddress target, int perSecond)
      throws IOException {
    var channel = host.call(DatagramChannel::open);
    var prober = new UdpProber(channel, target, 1_000_000_000L / perSecond);
    thread(host, "sender", prober::send);
    thread(host, "receiver", prober::receive);
    return prober;
  }

  private static void thread(Host host, String name, Runnable body) {
    Thread.ofPlatform().daemon().name(host.namespace() + "/probe-" + name).start(body);
  }

  private void send() {
    var buffer = ByteBuffer.allocateDirect(Integer.BYTES);
    var next = System.nanoTime();
    var number = 0;
    while (!isClosed && number < MOST) {
      var wait = next - System.nanoTime();
      if (wait > 0) {
        LockSupport.parkNanos(wait);
        continue;
      }
      buffer.clear().putInt(number).flip();
      sent[number] = System.nanoTime();
      try {
        channel.send(buffer, target);
      } catch (IOException _) {
        // No way there at the moment: a lost probe.
      }
      number++;
      count = number;
      next = Math.max(next + intervalNanos, System.nanoTime() + intervalNanos / 2);
    }
  }

  private void receive() {
    var buffer = ByteBuffer.allocateDirect(2048);
    while (!isClosed) {
      try {
        buffer.clear();
        channel.receive(buffer);
        var number = buffer.flip().remaining() == Integer.BYTES ? buffer.getInt() : -1;
        if (number >= 0 && number < MOST && answered[number] == 0) {
          answered[number] = System.nanoTime();
        }
      } catch (IOException _) {
        // Closed, which ends the loop, or an error of an earlier probe.
      }
    }
  }

  /** Whether a probe sent since then was answered. */
  public boolean isAnsweredSince(long nanos) {
    for (var i = count - 1; i >= 0 && sent[i] - nanos >= 0; i--) {
      if (answered[i] != 0) {
        return true;
      }
    }
    return false;
  }

  /** What it noticed of the probes sent in a time; waits until the last of them can be judged. */
  public Outage outage(long fromNanos, long untilNanos) {
    return outage(fromNanos, untilNanos, PATIENCE_NANOS);
  }

  /** The same, where an answer may be later. */
  Outage outage(long fromNanos, long untilNanos, long patienceNanos) {
    Waiting.nanos(Math.max(0, untilNanos + patienceNanos - System.nanoTime()));
    var end = count;
    var first = 0;
    while (first < end && sent[first] - fromNanos < 0) {
      first++;
    }
    var last = first;
    while (last < end && sent[last] - untilNanos < 0) {
      last++;
    }
    return Outage.of(
        Arrays.copyOfRange(sent, first, last),
        Arrays.copyOfRange(answered, first, last),
        patienceNanos);
  }

  @Override
  public void close() throws IOException {
    isClosed = true;
    channel.close();
  }
}
