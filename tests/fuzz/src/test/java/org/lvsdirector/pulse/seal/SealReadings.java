// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.seal;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.lvsdirector.fuzz.Reading;

/** The opening of sealed messages: by strangers, and by who has the key and changes bytes. */
public final class SealReadings {
  private static final SealKey KEY = SealKey.of(new byte[SealKey.BYTES]);
  private static final KeyRing KEYS = new KeyRing(List.of(KEY));
  private static final SealContext HERE = new SealContext("public", "PRIMARY", "BACKUP");
  private static final SealContext THERE = new SealContext("public", "BACKUP", "PRIMARY");
  private static final byte[] SALT = KEY.marked(new byte[SealFormat.SALT_BYTES]);
  private static final long NOW_MILLIS = 1_000_000;

  private SealReadings() {}

  /** By their names. */
  public static Map<String, Reading> all() {
    return Map.of("Seal.open", SealReadings::stranger, "Seal.seal", SealReadings::changed);
  }

  private static Seal end(SealContext context) {
    return new Seal(context, KEYS, SALT);
  }

  private static void stranger(byte[] bytes) {
    if (end(HERE).open(bytes, 0, bytes.length, NOW_MILLIS) instanceof Seal.Opened.Message) {
      throw new AssertionError("opened what nobody sealed");
    }
  }

  /** The first two bytes say which byte is changed, and how; unchanged is opened as it was. */
  private static void changed(byte[] bytes) {
    if (bytes.length < 2) {
      return;
    }
    var message = Arrays.copyOfRange(bytes, 2, bytes.length);
    var sealed = end(THERE).seal(message, 0, message.length, NOW_MILLIS);
    sealed[(bytes[0] & 0xff) % sealed.length] ^= bytes[1];
    var opened = end(HERE).open(sealed, 0, sealed.length, NOW_MILLIS);
    if (opened instanceof Seal.Opened.Message(var content, var _)) {
      var plain = new byte[content.remaining()];
      content.get(plain);
      if (bytes[1] != 0 || !Arrays.equals(plain, message)) {
        throw new AssertionError("opened what was changed");
      }
    } else if (bytes[1] == 0) {
      throw new AssertionError("refused what was sealed: " + opened);
    }
  }
}
