// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.nanny;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the connections of good checks as a client does: says that nothing more will come, reads
 * what the server still has to say, and closes when the server does. A connection that is closed
 * with something unread, or to which something is sent later, ends with a reset instead (RFC 1122
 * section 4.2.2.13), which servers log. Bounded in time and bytes; no check waits for it.
 */
final class Farewell implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Farewell.class);
  private static final Duration LONGEST = Duration.ofSeconds(1);
  private static final int MOST_BYTES = 1 << 20;
  private static final int CHUNK_BYTES = 16 * 1024;

  private final CheckDeadline deadline;
  private final Set<SocketChannel> leaving = ConcurrentHashMap.newKeySet();

  Farewell(CheckDeadline deadline) {
    this.deadline = deadline;
  }

  /** Takes over an open connection and closes it soon. */
  void part(SocketChannel channel) throws IOException {
    channel.setOption(StandardSocketOptions.SO_LINGER, -1);
    channel.shutdownOutput();
    leaving.add(channel);
    Thread.ofVirtual().name("nanny-farewell").start(() -> drain(channel));
  }

  private void drain(SocketChannel channel) {
    try (channel;
        var guard = deadline.guard(channel, System.nanoTime() + LONGEST.toNanos())) {
      var chunk = ByteBuffer.allocate(CHUNK_BYTES);
      var left = MOST_BYTES;
      while (left > 0 && !guard.isExpired()) {
        var count = channel.read(chunk.clear());
        left = count < 0 ? 0 : left - count;
      }
    } catch (IOException | RuntimeException e) {
      LOG.debug("a check's connection ended: {}", e.toString());
    } finally {
      leaving.remove(channel);
    }
  }

  /** Closes at once whatever is left. */
  @Override
  public void close() {
    for (var channel : leaving) {
      try {
        channel.close();
      } catch (IOException e) {
        LOG.debug("closing a check's connection: {}", e.toString());
      }
    }
  }
}
