// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One direction of a connection. Reads only when everything read before is written, so that a slow
 * reader costs at most one buffer here and its peer is slowed down by TCP itself. Reads more at
 * once while the sink takes it all, and less once it does not.
 */
final class HalfPipe implements Runnable {
  /** The least that is read at once: what a slow reader may cost. */
  private static final int LEAST_BYTES = 16 * 1024;

  /** How many buffers may pass before the other connections of the loop get their turn. */
  private static final int TURNS = 8;

  private static final Logger LOG = LoggerFactory.getLogger(HalfPipe.class);

  private final TcpPipe pipe;
  private final Wire source;
  private final Wire sink;
  private final LongAdder ofServer;
  private final LongAdder ofService;
  private @Nullable ByteBuf pending;
  private int readBytes = 2 * LEAST_BYTES;
  private boolean isEnded;

  HalfPipe(TcpPipe pipe, Wire source, Wire sink, LongAdder ofServer, LongAdder ofService) {
    this.pipe = pipe;
    this.source = source;
    this.sink = sink;
    this.ofServer = ofServer;
    this.ofService = ofService;
  }

  /** Whether the source has ended and everything from it is written. */
  boolean isEnded() {
    return isEnded;
  }

  /** Whether bytes wait for the sink. */
  boolean isBlocked() {
    return pending != null;
  }

  /** Whether more bytes from the source are welcome. */
  boolean isThirsty() {
    return pending == null && !isEnded && !sink.isBroken();
  }

  /** Goes on after others had their turn. */
  @Override
  public void run() {
    pump();
    pipe.awaitEvents();
  }

  /** Moves bytes until the source has none, the sink takes none, or others should have a turn. */
  void pump() {
    try {
      for (var turn = 0; isMoving(); turn++) {
        if (turn == TURNS) {
          source.loop().executor().execute(this);
          return;
        }
        move();
      }
    } catch (IOException | RuntimeException | Error e) {
      pipe.end(true);
      LOG.debug("a connection is reset: {}", e.toString());
    }
  }

  void release() {
    if (pending != null) {
      pending.release();
      pending = null;
    }
  }

  private boolean isMoving() {
    return pipe.isOpen() && writePending() && isThirsty() && source.isReadable();
  }

  private void move() throws IOException {
    var scratch = source.loop().scratch();
    var bytes = source.read(scratch, readBytes);
    if (bytes < 0) {
      end();
    } else if (bytes > 0) {
      ofServer.add(bytes);
      ofService.add(bytes);
      write(scratch, bytes);
    }
  }

  private void write(Scratch scratch, int bytes) {
    try {
      var written = sink.write(scratch, bytes);
      if (written < bytes) {
        readBytes = Math.max(LEAST_BYTES, readBytes / 2);
        keep(scratch.range(written, bytes));
      } else if (bytes == readBytes) {
        readBytes = Math.min(scratch.capacity(), 2 * readBytes);
      }
    } catch (IOException e) {
      pipe.broke(sink);
    }
  }

  /** Keeps bytes that the sink did not take; without memory for them the connection is reset. */
  private void keep(ByteBuffer rest) {
    try {
      pending = ByteBufAllocator.DEFAULT.directBuffer(rest.remaining());
      pending.writeBytes(rest);
    } catch (OutOfMemoryError e) {
      pipe.outOfMemory(e);
    }
  }

  private boolean writePending() {
    if (pending == null) {
      return true;
    }
    try {
      sink.write(pending);
    } catch (IOException e) {
      release();
      pipe.broke(sink);
      return false;
    }
    if (pending.isReadable()) {
      return false;
    }
    release();
    return true;
  }

  private void end() {
    isEnded = true;
    pipe.ended(this);
  }

  /** Whether the source can be heard no more because it broke, rather than ended. */
  boolean isSourceBroken() {
    return source.isBroken();
  }

  /** Whether nobody is left to write to. */
  boolean isSinkBroken() {
    return sink.isBroken();
  }

  /** Ends the sink's direction, unless the whole connection is over by now. */
  void passEnd() {
    if (!pipe.isOpen()) {
      return;
    }
    pipe.closing();
    try {
      sink.shutdownOutput();
    } catch (IOException | RuntimeException | Error e) {
      pipe.end(true);
      LOG.debug("a connection is reset: {}", e.toString());
    }
  }
}
