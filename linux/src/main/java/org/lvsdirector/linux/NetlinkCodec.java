// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Netlink messages as bytes; linux/netlink.h. Everything is in the machine's byte order. */
public final class NetlinkCodec {

  /** sizeof(struct nlmsghdr). */
  static final int HEADER_BYTES = 16;

  /** linux/netlink.h NLMSGERR_ATTR_MSG: the kernel's explanation. */
  private static final int EXPLANATION = 1;

  private NetlinkCodec() {}

  /**
   * What an error message says.
   *
   * @param errno 0 for an acknowledgement
   * @param explanation the kernel's words; often empty
   */
  public record Verdict(int errno, String explanation) {
    /** It was done. */
    public static final Verdict DONE = new Verdict(0, "");
  }

  /** The bytes of a message, padded to a multiple of 4. */
  public static ByteBuffer encode(NetlinkMessage message) {
    var payload = message.payload();
    var length = HEADER_BYTES + payload.remaining();
    return ByteBuffer.allocate(aligned(length))
        .order(ByteOrder.nativeOrder())
        .putInt(length)
        .putShort((short) message.type())
        .putShort((short) message.flags())
        .putInt(message.sequence())
        .putInt(message.port())
        .put(payload)
        .position(0);
  }

  /**
   * The messages of a datagram.
   *
   * @throws IllegalArgumentException when a length does not fit
   */
  public static List<NetlinkMessage> decode(ByteBuffer datagram) {
    var rest = datagram.slice().order(ByteOrder.nativeOrder());
    var messages = new ArrayList<NetlinkMessage>();
    while (rest.hasRemaining()) {
      if (rest.remaining() < HEADER_BYTES) {
        throw new IllegalArgumentException(rest.remaining() + " bytes are no netlink header");
      }
      var start = rest.position();
      var length = rest.getInt();
      if (length < HEADER_BYTES || length > rest.limit() - start) {
        throw new IllegalArgumentException("netlink message of length " + length);
      }
      var type = Short.toUnsignedInt(rest.getShort());
      var flags = Short.toUnsignedInt(rest.getShort());
      var sequence = rest.getInt();
      var port = rest.getInt();
      var payload = rest.slice(start + HEADER_BYTES, length - HEADER_BYTES);
      messages.add(new NetlinkMessage(type, flags, sequence, port, payload));
      rest.position(Math.min(start + aligned(length), rest.limit()));
    }
    return messages;
  }

  /**
   * What a message of type {@link NetlinkMessage#ERROR} says: struct nlmsgerr and the attributes
   * behind it.
   *
   * @throws IllegalArgumentException when a length does not fit
   */
  public static Verdict verdict(NetlinkMessage error) {
    var payload = error.payload();
    if (payload.remaining() < 4 + HEADER_BYTES) {
      throw new IllegalArgumentException("netlink error of " + payload.remaining() + " bytes");
    }
    var errno = -payload.getInt();
    if ((error.flags() & NetlinkMessage.ACK_TLVS) == 0) {
      return new Verdict(errno, "");
    }
    var isCapped = (error.flags() & NetlinkMessage.CAPPED) != 0;
    var quoted = isCapped ? HEADER_BYTES : payload.getInt(payload.position());
    if (quoted < HEADER_BYTES || quoted > payload.remaining()) {
      throw new IllegalArgumentException("netlink error that quotes " + quoted + " bytes");
    }
    var start = Math.min(payload.position() + aligned(quoted), payload.limit());
    var attributes = Attributes.decode(payload.position(start));
    return new Verdict(errno, attributes.has(EXPLANATION) ? attributes.string(EXPLANATION) : "");
  }

  /** The next multiple of 4; NLMSG_ALIGN and NLA_ALIGN. */
  static int aligned(int length) {
    return (length + 3) & ~3;
  }
}
