// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.proxy;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One end of a forwarded connection: a non-blocking TCP socket on an event loop, which alone may
 * use it.
 *
 * <p>Readiness may be reported by edge: what was reported and not used up is remembered in {@link
 * #isReadable}, and no event comes for it again.
 */
abstract sealed class Wire permits EpollWire, NioWire {
  private static final Logger LOG = LoggerFactory.getLogger(Wire.class);

  private final ProxyLoop loop;
  private @Nullable TcpPipe pipe;
  private boolean isReadable;
  private boolean isEnding;
  private boolean isBroken;
  private boolean isReset;
  private boolean isBuried;

  Wire(ProxyLoop loop) {
    this.loop = loop;
  }

  /** Waits for events from now on, and tells the pipe. */
  final void join(TcpPipe owner) throws IOException {
    pipe = owner;
    register();
  }

  abstract void register() throws IOException;

  /** Whether the connection stood as soon as it was asked for. */
  abstract boolean isConnectedAtOnce();

  /**
   * The outcome of connecting, after an event.
   *
   * @return false when it still goes on
   * @throws IOException when it failed
   */
  abstract boolean isConnected() throws IOException;

  /**
   * Reads into the scratch buffer from its start.
   *
   * @param most how many bytes, at most its capacity
   * @return the number of bytes; 0 when there is nothing now, -1 when the peer has ended
   */
  final int read(Scratch into, int most) throws IOException {
    var bytes = readSome(into, most);
    if (bytes == 0 || bytes > 0 && bytes < most && !isEnding) {
      isReadable = false;
    }
    return bytes;
  }

  abstract int readSome(Scratch into, int most) throws IOException;

  /** Writes the first bytes of the scratch buffer; answers how many it took. */
  abstract int write(Scratch from, int length) throws IOException;

  /** Writes what the buffer holds and takes it out of it, as far as possible. */
  abstract void write(ByteBuf from) throws IOException;

  abstract void shutdownOutput() throws IOException;

  /** What to wait for, where waiting for all would be told again and again. */
  abstract void await(boolean toRead, boolean toWrite);

  /** Ends the socket: politely, or by a reset. */
  final void close(boolean byReset) {
    if (!isBuried) {
      isBuried = true;
      isReset = byReset;
      loop.bury(this);
    }
  }

  /** Really closes; only {@link ProxyLoop} calls it. */
  final void bury() {
    try {
      closeNow(isReset);
    } catch (IOException | RuntimeException | Error e) {
      LOG.debug("closing a socket: {}", e.toString());
    }
  }

  abstract void closeNow(boolean byReset) throws IOException;

  /** Whether a read may find something. */
  final boolean isReadable() {
    return isReadable;
  }

  /** Makes the next read happen, whatever was reported. */
  final void expectReadable() {
    isReadable = true;
  }

  /** Whether it takes no more bytes, for the peer has gone. */
  final boolean isBroken() {
    return isBroken;
  }

  final void setBroken() {
    isBroken = true;
  }

  /** What an event said; everything that goes wrong with it ends the pipe, never the loop. */
  final void ready(boolean toRead, boolean toWrite, boolean hasEnded, boolean hasFailed) {
    var owner = pipe;
    if (isBuried || owner == null) {
      return;
    }
    isReadable |= toRead || hasEnded || hasFailed;
    isEnding |= hasEnded || hasFailed;
    try {
      owner.ready(this, toWrite, hasFailed);
    } catch (RuntimeException | Error e) {
      owner.cut();
      LOG.warn("a connection is cut", e);
    }
  }

  final ProxyLoop loop() {
    return loop;
  }
}
