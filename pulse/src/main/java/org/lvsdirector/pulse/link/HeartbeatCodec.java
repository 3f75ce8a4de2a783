// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.link;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.Pair.Node;
import org.lvsdirector.config.Role;
import org.lvsdirector.pulse.failover.Heartbeat;
import org.lvsdirector.pulse.failover.Heartbeat.Flag;

/**
 * Heartbeats as bytes, in network byte order.
 *
 * <pre>
 *  0  4  magic "LVSP"
 *  4  1  version, 1
 *  5  1  node: 0 primary, 1 backup
 *  6  1  role: 1 starting, 2 standby, 3 claiming, 4 active, 5 yielding, 6 maintenance, 7 fault
 *  7  1  bit 0 fit, bit 1 leaving, others ignored
 *  8  2  length of the whole message
 * 10  2  priority
 * 12  2  links that the sender hears, one bit each
 * 14  2  more flags, from the lowest bit: stop, offers, requests, refuses, granted, cut off, in
 *        sync, holding, failback; others ignored
 * 16  8  boot id
 * 24  8  sequence, above 0
 * 32  8  term, 0 to 2^61
 * 40  1  length of the digest, then the digest in printable ASCII
 *     1  length of the reason, then the reason in printable ASCII
 *     8  position of the connection table; 0 when the message ends before it
 *        what follows is ignored: fields of a later release
 * </pre>
 *
 * <p>Additions go to the end, so that two releases understand each other during an upgrade; a new
 * version means that they do not. There is no checksum: UDP has one, and a seal is stronger.
 */
public final class HeartbeatCodec {

  /** The most bytes of one message. */
  public static final int MAX_BYTES = 512;

  private static final int MAGIC = 0x4c565350;
  private static final int VERSION = 1;
  private static final int FIXED_BYTES = 40;
  private static final int FIT = 1;
  private static final int LEAVING = 2;

  /** Their places are their bits. */
  private static final List<Flag> MORE_FLAGS =
      List.of(
          Flag.STOP,
          Flag.OFFERS,
          Flag.REQUESTS,
          Flag.REFUSES,
          Flag.GRANTED,
          Flag.CUT_OFF,
          Flag.IN_SYNC,
          Flag.HOLDING,
          Flag.FAILBACK);

  private HeartbeatCodec() {}

  /** What became of received bytes. */
  public sealed interface Decoded {
    /** They are a heartbeat. */
    record Accepted(Heartbeat heartbeat) implements Decoded {}

    /** They are none that this release understands. */
    record Rejected(Reason reason) implements Decoded {}
  }

  /** Why bytes were rejected. */
  public enum Reason {
    /** Not a heartbeat at all. */
    FOREIGN,
    /** A heartbeat of a release that this one does not understand. */
    VERSION,
    /** Cut off, or its length field is wrong. */
    LENGTH,
    /** A field has a value that no sender would give it. */
    FIELD
  }

  /** The bytes of a heartbeat. */
  public static byte[] encode(Heartbeat heartbeat) {
    var digest = heartbeat.configDigest().getBytes(StandardCharsets.US_ASCII);
    var reason = heartbeat.reason().getBytes(StandardCharsets.US_ASCII);
    var length = FIXED_BYTES + 2 + digest.length + reason.length + Long.BYTES;
    return ByteBuffer.allocate(length)
        .putInt(MAGIC)
        .put((byte) VERSION)
        .put((byte) (heartbeat.node() == Node.PRIMARY ? 0 : 1))
        .put((byte) code(heartbeat.role()))
        .put((byte) ((heartbeat.isFit() ? FIT : 0) | (heartbeat.isLeaving() ? LEAVING : 0)))
        .putShort((short) length)
        .putShort((short) heartbeat.priority())
        .putShort((short) heartbeat.hearsLinks())
        .putShort((short) moreFlags(heartbeat))
        .putLong(heartbeat.bootId())
        .putLong(heartbeat.sequence())
        .putLong(heartbeat.term())
        .put((byte) digest.length)
        .put(digest)
        .put((byte) reason.length)
        .put(reason)
        .putLong(heartbeat.syncPosition())
        .array();
  }

  private static int moreFlags(Heartbeat heartbeat) {
    var bits = 0;
    for (var bit = 0; bit < MORE_FLAGS.size(); bit++) {
      bits |= heartbeat.has(MORE_FLAGS.get(bit)) ? 1 << bit : 0;
    }
    return bits;
  }

  private static Set<Flag> flags(boolean isLeaving, int bits) {
    var flags = EnumSet.noneOf(Flag.class);
    if (isLeaving) {
      flags.add(Flag.LEAVING);
    }
    for (var bit = 0; bit < MORE_FLAGS.size(); bit++) {
      if ((bits & 1 << bit) != 0) {
        flags.add(MORE_FLAGS.get(bit));
      }
    }
    return flags;
  }

  /** Reads the {@code length} bytes from {@code offset} on. Never throws for their content. */
  public static Decoded decode(byte[] bytes, int offset, int length) {
    var in = ByteBuffer.wrap(bytes, offset, length).slice();
    if (length < 5 || in.getInt(0) != MAGIC) {
      return new Decoded.Rejected(Reason.FOREIGN);
    }
    if (in.get(4) != VERSION) {
      return new Decoded.Rejected(Reason.VERSION);
    }
    if (length < FIXED_BYTES + 2
        || length > MAX_BYTES
        || Short.toUnsignedInt(in.getShort(8)) != length) {
      return new Decoded.Rejected(Reason.LENGTH);
    }
    return body(in);
  }

  private static Decoded body(ByteBuffer in) {
    var digest = text(in, FIXED_BYTES);
    if (digest == null) {
      return new Decoded.Rejected(Reason.LENGTH);
    }
    var reason = text(in, FIXED_BYTES + 1 + digest.length());
    if (reason == null) {
      return new Decoded.Rejected(Reason.LENGTH);
    }
    var node = in.get(5) == 0 ? Node.PRIMARY : in.get(5) == 1 ? Node.BACKUP : null;
    var role = role(in.get(6));
    var sequence = in.getLong(24);
    var term = in.getLong(32);
    if (node == null
        || role == null
        || !isInRange(sequence, term)
        || !isPrintable(digest, reason)) {
      return new Decoded.Rejected(Reason.FIELD);
    }
    var bits = in.get(7);
    return new Decoded.Accepted(
        new Heartbeat(
            node,
            in.getLong(16),
            sequence,
            term,
            role,
            (bits & FIT) != 0,
            Short.toUnsignedInt(in.getShort(10)),
            Short.toUnsignedInt(in.getShort(12)),
            flags((bits & LEAVING) != 0, in.getShort(14)),
            digest,
            reason,
            position(in, FIXED_BYTES + 2 + digest.length() + reason.length())));
  }

  private static long position(ByteBuffer in, int at) {
    return in.limit() >= at + Long.BYTES ? in.getLong(at) : 0;
  }

  private static boolean isInRange(long sequence, long term) {
    return sequence > 0 && term >= 0 && term <= Heartbeat.MAX_TERM;
  }

  private static boolean isPrintable(String digest, String reason) {
    return digest.length() <= Heartbeat.MAX_TEXT
        && reason.length() <= Heartbeat.MAX_TEXT
        && (digest + reason).chars().allMatch(c -> c >= ' ' && c <= '~');
  }

  private static @Nullable String text(ByteBuffer in, int at) {
    if (at >= in.limit()) {
      return null;
    }
    var length = Byte.toUnsignedInt(in.get(at));
    if (at + 1 + length > in.limit()) {
      return null;
    }
    var bytes = new byte[length];
    in.get(at + 1, bytes);
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static int code(Role role) {
    return switch (role) {
      case STARTING -> 1;
      case STANDBY -> 2;
      case CLAIMING -> 3;
      case ACTIVE -> 4;
      case YIELDING -> 5;
      case MAINTENANCE -> 6;
      case FAULT -> 7;
    };
  }

  private static @Nullable Role role(byte code) {
    return switch (code) {
      case 1 -> Role.STARTING;
      case 2 -> Role.STANDBY;
      case 3 -> Role.CLAIMING;
      case 4 -> Role.ACTIVE;
      case 5 -> Role.YIELDING;
      case 6 -> Role.MAINTENANCE;
      case 7 -> Role.FAULT;
      default -> null;
    };
  }
}
