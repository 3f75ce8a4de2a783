// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.linux.program;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.lvsdirector.linux.Errno;
import org.lvsdirector.linux.Fd;
import org.lvsdirector.linux.Libc;
import org.lvsdirector.linux.LinuxException;

/**
 * A pipe that a {@link Child} prints into. The child's end is opened for reading too (pipe(7)), so
 * that a program that outlives its reader is not ended by SIGPIPE; and it is made non-blocking when
 * its reader leaves, so that such a program never waits either.
 */
final class ChildOutput implements AutoCloseable {
  private static final int O_RDWR = 2; // asm-generic/fcntl.h, as are the others
  private static final int O_NONBLOCK = 0x800;
  private static final int O_CLOEXEC = 0x80000;
  private static final int F_SETFL = 4;
  private static final int CHUNK_BYTES = 8192;

  /** A program that prints faster than this is read does not keep its deadline from being seen. */
  private static final int MOST_CHUNKS_AT_ONCE = 64;

  private final Libc libc;
  private final Fd read;
  private final Fd end;
  private final int mostBytes;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private boolean isOverflown;

  private ChildOutput(Libc libc, Fd read, Fd end, int mostBytes) {
    this.libc = libc;
    this.read = read;
    this.end = end;
    this.mostBytes = mostBytes;
  }

  static ChildOutput open(Libc libc, int mostBytes) throws LinuxException {
    try (var arena = Arena.ofConfined()) {
      var pair = arena.allocate(ValueLayout.JAVA_INT, 2);
      LinuxException.check("pipe2", libc.pipe2(pair, O_CLOEXEC), "");
      var read = new Fd(libc, pair.getAtIndex(ValueLayout.JAVA_INT, 0));
      try (var written = new Fd(libc, pair.getAtIndex(ValueLayout.JAVA_INT, 1))) {
        var path = "/proc/self/fd/" + written.number();
        var end = libc.open(arena.allocateFrom(path), O_RDWR | O_CLOEXEC);
        LinuxException.check("open", end, path);
        libc.fcntl(read.number(), F_SETFL, O_NONBLOCK);
        return new ChildOutput(libc, read, new Fd(libc, end), mostBytes);
      } catch (LinuxException e) {
        read.close();
        throw e;
      }
    }
  }

  /** What the child gets. */
  int end() {
    return end.number();
  }

  /** What is polled. */
  int number() {
    return read.number();
  }

  /** Takes what is there, keeps what there is room for; does not wait. */
  void take() throws LinuxException {
    try (var arena = Arena.ofConfined()) {
      var chunk = arena.allocate(CHUNK_BYTES);
      for (var i = 0; i < MOST_CHUNKS_AT_ONCE; i++) {
        var count = libc.read(read.number(), chunk, CHUNK_BYTES);
        if (count == -Errno.EAGAIN || count == -Errno.EINTR) {
          return;
        }
        keep(chunk, (int) LinuxException.check("read", count, "a program's output"));
      }
    }
  }

  private void keep(MemorySegment chunk, int count) {
    var kept = Math.min(count, mostBytes - bytes.size());
    bytes.write(chunk.toArray(ValueLayout.JAVA_BYTE), 0, kept);
    isOverflown |= kept < count;
  }

  byte[] bytes() {
    return bytes.toByteArray();
  }

  boolean isOverflown() {
    return isOverflown;
  }

  /** From now on nobody reads. */
  void abandon() {
    libc.fcntl(end.number(), F_SETFL, O_NONBLOCK);
  }

  @Override
  public void close() {
    read.close();
    end.close();
  }
}
