// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.nanny;

import java.io.Serial;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The bytes that a server sent so far, as text of one char per byte. Reading it fails after a
 * deadline, so that no regular expression runs on for ever.
 */
final class Answer implements CharSequence {
  private static final int FIRST_BYTES = 4096;
  private static final int CHARS_PER_LOOK_AT_THE_CLOCK = 4096;

  private final long deadlineNanos;
  private byte[] bytes = new byte[FIRST_BYTES];
  private int length;
  private int untilLook = CHARS_PER_LOOK_AT_THE_CLOCK;

  /** Thrown while the answer is read after the deadline, or by an interrupted thread. */
  static final class TooLateException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1;

    TooLateException() {
      super("comparing the answer took too long", null, false, false);
    }
  }

  Answer(long deadlineNanos) {
    this.deadlineNanos = deadlineNanos;
  }

  /** Where the next bytes go; at least one fits unless {@link #isFull}. */
  ByteBuffer room() {
    if (length == bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.min(2 * length, Expectation.MOST_BYTES));
    }
    return ByteBuffer.wrap(bytes, length, bytes.length - length);
  }

  /** So many bytes were put into the room. */
  void grow(int count) {
    length += count;
  }

  /** Adds these bytes. */
  void take(ByteBuffer more) {
    while (more.hasRemaining() && !isFull()) {
      var room = room();
      var count = Math.min(room.remaining(), more.remaining());
      room.put(more.slice(more.position(), count));
      more.position(more.position() + count);
      grow(count);
    }
  }

  /** Whether as many bytes are here as are ever looked at. */
  boolean isFull() {
    return length >= Expectation.MOST_BYTES;
  }

  @Override
  public int length() {
    return length;
  }

  @Override
  public char charAt(int index) {
    if (--untilLook <= 0) {
      untilLook = CHARS_PER_LOOK_AT_THE_CLOCK;
      if (System.nanoTime() - deadlineNanos >= 0 || Thread.currentThread().isInterrupted()) {
        throw new TooLateException();
      }
    }
    return (char) (bytes[index] & 0xff);
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
  }

  @Override
  public String toString() {
    return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
  }
}
