// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.pairing;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What the second director is given. Pure.
 *
 * @param keys the text of the key file
 * @param lvsCf the text of lvs.cf; empty when it is not offered
 * @param includes the files that lvs.cf includes, which are not given along
 */
public record PairBundle(String keys, String lvsCf, List<String> includes) {
  /** No bundle has more bytes. */
  public static final int MAX_BYTES = 17 << 20;

  private static final int MAX_INCLUDES = 1000;

  public PairBundle {
    includes = List.copyOf(includes);
  }

  /**
   * Each text with its length before it, the number of includes before those.
   *
   * @throws IllegalArgumentException when it is too large
   */
  byte[] encode() {
    var texts = new ArrayList<byte[]>();
    texts.add(bytes(keys));
    texts.add(bytes(lvsCf));
    var named = includes.subList(0, Math.min(MAX_INCLUDES, includes.size()));
    named.forEach(include -> texts.add(bytes(include)));
    var size = Integer.BYTES + texts.stream().mapToLong(text -> Integer.BYTES + text.length).sum();
    if (size > MAX_BYTES) {
      throw new IllegalArgumentException("it has " + size + " bytes, more than " + MAX_BYTES);
    }
    var all = ByteBuffer.allocate((int) size).putInt(named.size());
    texts.forEach(text -> all.putInt(text.length).put(text));
    return all.array();
  }

  /**
   * What {@link #encode} made.
   *
   * @throws IllegalArgumentException when it is something else
   */
  static PairBundle decode(byte[] bytes) {
    var in = ByteBuffer.wrap(bytes);
    try {
      var count = in.getInt();
      if (count < 0 || count > MAX_INCLUDES) {
        throw new IllegalArgumentException("it names " + count + " files");
      }
      var keys = text(in);
      var lvsCf = text(in);
      var includes = new ArrayList<String>();
      for (var i = 0; i < count; i++) {
        includes.add(text(in));
      }
      if (in.hasRemaining()) {
        throw new IllegalArgumentException("something follows it");
      }
      return new PairBundle(keys, lvsCf, includes);
    } catch (BufferUnderflowException | CharacterCodingException e) {
      throw new IllegalArgumentException("it is cut short, or no text", e);
    }
  }

  private static String text(ByteBuffer in) throws CharacterCodingException {
    var length = in.getInt();
    if (length < 0 || length > in.remaining()) {
      throw new BufferUnderflowException();
    }
    var part = in.slice(in.position(), length);
    in.position(in.position() + length);
    return StandardCharsets.UTF_8.newDecoder().decode(part).toString();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return "a key, lvs.cf of " + lvsCf.length() + " characters, " + includes.size() + " includes";
  }
}
