// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.link;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Map;
import org.lvsdirector.fuzz.Reading;

/** What looks at a packet of a link before anything else does. */
public final class LinkReadings {
  private static final MessageForm FORM =
      new MessageForm(InetAddress.ofLiteral("192.0.2.3"), 539, MessageForm.cluster("public"));

  private LinkReadings() {}

  /** By their names. */
  public static Map<String, Reading> all() {
    return Map.of("MessageForm.fits", LinkReadings::form);
  }

  private static void form(byte[] bytes) {
    var buffer = ByteBuffer.wrap(bytes);
    if (FORM.fits(buffer) && bytes.length > HeartbeatCodec.MAX_BYTES + 200) {
      throw new AssertionError("fits with " + bytes.length + " bytes");
    }
    if (buffer.remaining() != bytes.length) {
      throw new AssertionError("was moved");
    }
  }
}
