// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.seal;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a key file: the first one seals, each of them opens. Two at a time let a key be
 * replaced on one director after the other without a gap.
 *
 * @param keys never empty
 */
public record KeyRing(List<SealKey> keys) {

  /** The most keys of one file: one that comes, one that goes, for each pair of a witness. */
  public static final int MOST = 64;

  private static final String WORD = "key ";
  private static final String HEAD =
      "# Keys of lvs-director. The first one seals, each of them opens.\n";

  public KeyRing {
    keys = List.copyOf(keys);
    if (keys.isEmpty() || keys.size() > MOST) {
      throw new IllegalArgumentException("1 to " + MOST + " keys, not " + keys.size());
    }
  }

  /**
   * The keys of a text: a line {@code key BASE64} each; {@code #} begins a comment.
   *
   * @throws IllegalArgumentException when it is no such text; the message does not repeat it
   */
  public static KeyRing parse(String text) {
    var keys = new ArrayList<SealKey>();
    var lines = text.lines().toList();
    for (var i = 0; i < lines.size(); i++) {
      var line = lines.get(i).strip();
      if (!line.isEmpty() && !line.startsWith("#")) {
        keys.add(parse(line, i + 1));
      }
    }
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("there is no key in it");
    }
    return new KeyRing(keys);
  }

  private static SealKey parse(String line, int number) {
    try {
      if (line.startsWith(WORD)) {
        return SealKey.of(Base64.getDecoder().decode(line.substring(WORD.length()).strip()));
      }
    } catch (IllegalArgumentException _) {
      // Told below, without the secret.
    }
    throw new IllegalArgumentException("line " + number + " is no key as `director keygen` writes");
  }

  /** The text that {@link #parse} reads. */
  public String text() {
    return keys.stream()
        .map(key -> WORD + key.base64() + "\n")
        .collect(Collectors.joining("", HEAD, ""));
  }

  /** The key that seals. */
  SealKey first() {
    return keys.getFirst();
  }

  @Nullable SealKey withId(int id) {
    for (var key : keys) {
      if (key.id() == id) {
        return key;
      }
    }
    return null;
  }
}
