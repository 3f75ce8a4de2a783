// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.link;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The one form in which heartbeats pass, looked at byte by byte before JGroups, whose own reader
 * takes many others: it believes lengths, and deserializes objects of Java. Pure.
 *
 * <pre>
 *  0  2  version of JGroups, any
 *  2  1  0: one message, for one receiver
 *  3  2  type 0, a BytesMessage
 *  5  1  3: it has a receiver and a sender
 *  6  2  flags 0x0017: out of band, unbundled, without flow control, without reliability
 *  8  1  16: the receiver is an IP address
 *  9  1  its length, 4 or 16; then the address, for IPv6 4 bytes of scope, 2 bytes of port
 *     1  2: the sender is a UUID; then its 16 bytes
 *     2  1 header
 *     4  57 and 60: a TpHeader of UDP
 *     2  length of the cluster's name; then the name, "lvs-director/" and the link
 *     1  0
 *     4  length of what follows, all of it: the heartbeat
 * </pre>
 */
final class MessageForm {

  private static final int RECEIVER_AT = 8;
  private static final byte[] START = {0, 0, 0, 3, 0, 0x17, 16};
  private static final byte SENDER_IS_UUID = 2;
  private static final int UUID_BYTES = 16;
  private static final byte[] HEADER = {0, 1, 0, 57, 0, 60};
  private static final int SCOPE_BYTES = 4;

  private final byte[] receiver;
  private final int port;
  private final byte[] cluster;

  /**
   * The form of the messages to a certain end of a link.
   *
   * @param cluster the name that JGroups knows the link by
   */
  MessageForm(InetAddress receiver, int port, String cluster) {
    this.receiver = receiver.getAddress();
    this.port = port;
    this.cluster = cluster.getBytes(StandardCharsets.UTF_8);
  }

  /** The name that JGroups knows a link by. */
  static String cluster(String link) {
    return "lvs-director/" + link;
  }

  /**
   * Whether all remaining bytes are one message of this form. Never throws, never allocates much.
   */
  boolean fits(ByteBuffer message) {
    var in = message.slice();
    return hasItsLength(in)
        && has(in, 2, START)
        && in.get(RECEIVER_AT + 1) == receiver.length
        && has(in, RECEIVER_AT + 2, receiver)
        && Short.toUnsignedInt(in.getShort(senderAt() - Short.BYTES)) == port
        && in.get(senderAt()) == SENDER_IS_UUID
        && has(in, headerAt(), HEADER)
        && Short.toUnsignedInt(in.getShort(nameAt() - Short.BYTES)) == cluster.length
        && has(in, nameAt(), cluster)
        && in.get(nameAt() + cluster.length) == 0;
  }

  /** Whether the message tells as many bytes as there are. */
  private boolean hasItsLength(ByteBuffer in) {
    var payload = in.remaining() - fixedBytes();
    return payload >= 0
        && payload <= HeartbeatCodec.MAX_BYTES
        && in.getInt(fixedBytes() - Integer.BYTES) == payload;
  }

  private int senderAt() {
    var scope = receiver.length == 4 ? 0 : SCOPE_BYTES;
    return RECEIVER_AT + 2 + receiver.length + scope + Short.BYTES;
  }

  private int headerAt() {
    return senderAt() + 1 + UUID_BYTES;
  }

  private int nameAt() {
    return headerAt() + HEADER.length + Short.BYTES;
  }

  private int fixedBytes() {
    return nameAt() + cluster.length + 1 + Integer.BYTES;
  }

  private static boolean has(ByteBuffer in, int at, byte[] wanted) {
    return in.slice(at, wanted.length).equals(ByteBuffer.wrap(wanted));
  }
}
