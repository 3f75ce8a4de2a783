// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.ipvs.sync;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.lvsdirector.engine.ipvs.sync.exchange.ConnectionEntry;
import org.lvsdirector.engine.ipvs.sync.exchange.ConnectionEntryText;

/**
 * Reads the kernel's list of connections.
 *
 * @param path /proc/net/ip_vs_conn
 */
record ConnectionEntryFile(Path path) {
  private static final int BUFFER_BYTES = 1 << 16;

  /** Gives every flow that outlives a failover; none when the kernel has no table. */
  void read(Consumer<ConnectionEntry> consumer) throws IOException {
    try (var in = Files.newInputStream(path)) {
      var buffer = new byte[BUFFER_BYTES];
      var filled = 0;
      for (var read = 0; read >= 0; read = in.read(buffer, filled, buffer.length - filled)) {
        filled += read;
        var taken = lines(buffer, filled, consumer);
        filled -= taken;
        System.arraycopy(buffer, taken, buffer, 0, filled);
        if (filled == buffer.length) {
          throw new IOException(path + " has a line that does not end");
        }
      }
    } catch (NoSuchFileException _) {
      // Without the module there is no connection.
    }
  }

  /** Reads whole lines; how many bytes they have. */
  private static int lines(byte[] bytes, int length, Consumer<ConnectionEntry> consumer) {
    var from = 0;
    for (var at = 0; at < length; at++) {
      if (bytes[at] == '\n') {
        var flow = ConnectionEntryText.line(bytes, from, at);
        if (flow != null) {
          consumer.accept(flow);
        }
        from = at + 1;
      }
    }
    return from;
  }
}
