// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The payload of a generic netlink message: struct genlmsghdr of linux/genetlink.h and attributes.
 *
 * @param command what to do, or what this is; a number of the family, 0 to 255
 * @param version the family's version, 0 to 255
 * @param attributes the rest; read-only, its own position at each call
 */
public record GenericMessage(int command, int version, ByteBuffer attributes) {

  /** sizeof(struct genlmsghdr). */
  private static final int HEADER_BYTES = 4;

  public GenericMessage {
    attributes = attributes.slice().asReadOnlyBuffer();
  }

  @Override
  public ByteBuffer attributes() {
    return attributes.duplicate().order(ByteOrder.nativeOrder());
  }

  /** The bytes of the payload. */
  public ByteBuffer encode() {
    return ByteBuffer.allocate(HEADER_BYTES + attributes.remaining())
        .order(ByteOrder.nativeOrder())
        .put((byte) command)
        .put((byte) version)
        .putShort((short) 0)
        .put(attributes())
        .position(0);
  }

  /**
   * Reads a payload.
   *
   * @throws IllegalArgumentException when it is too short
   */
  public static GenericMessage decode(ByteBuffer payload) {
    var bytes = payload.slice().order(ByteOrder.nativeOrder());
    if (bytes.remaining() < HEADER_BYTES) {
      throw new IllegalArgumentException("netlink payload of " + bytes.remaining() + " bytes");
    }
    var command = Byte.toUnsignedInt(bytes.get());
    var version = Byte.toUnsignedInt(bytes.get());
    return new GenericMessage(command, version, bytes.position(HEADER_BYTES));
  }
}
