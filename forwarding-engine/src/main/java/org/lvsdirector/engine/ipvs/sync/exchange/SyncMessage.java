// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.ipvs.sync.exchange;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.Endpoint;
import org.lvsdirector.config.IpAddress;
import org.lvsdirector.config.IpAddress.Family;
import org.lvsdirector.engine.ipvs.sync.exchange.SyncEntry.Options;
import org.lvsdirector.engine.ipvs.sync.exchange.SyncEntry.Sequence;

/**
 * The datagrams of IPVS sync daemons, protocol version 1; net/netfilter/ipvs/ip_vs_sync.c. All
 * numbers are big-endian. Pure.
 *
 * <pre>
 *  0 1  0               4 1  number of entries
 *  1 1  sync id         5 1  version, 1
 *  2 2  length          6 2  0
 *  then the entries, each beginning at a multiple of 4:
 *  0 1  type: 0 IPv4, 1 IPv6         8 2  state
 *  1 1  protocol                    10 2  client port, 12 2 virtual port, 14 2 server port
 *  2 2  length (12 bits)            16 4  firewall mark
 *  4 4  flags                       20 4  timeout, seconds
 * 24 .  client, virtual and server address
 *  .    options: 1 type, 1 length of data, data
 * </pre>
 */
public final class SyncMessage {
  /** The longest datagram that every receiver takes; SYNC_MAXLEN for an MTU of 1500. */
  public static final int MAX_BYTES = 1472;

  private static final int HEAD_BYTES = 8;
  private static final int ENTRY_HEAD_BYTES = 24;
  private static final int MAX_ENTRIES = 255;
  private static final int LENGTH_MASK = 0x0fff;
  private static final int VERSION = 1;

  private static final int SEQUENCES = 1; // IPVS_OPT_SEQ_DATA
  private static final int ENGINE_DATA = 2; // IPVS_OPT_PE_DATA
  private static final int ENGINE_NAME = 3; // IPVS_OPT_PE_NAME
  private static final int OPTIONAL = 0x40; // IPVS_OPT_F_PARAM
  private static final int SEQUENCES_BYTES = 24;

  private SyncMessage() {}

  /**
   * What a datagram holds.
   *
   * @param syncId tells apart pairs that share a network
   * @param entries the connections
   */
  record Decoded(int syncId, List<SyncEntry> entries) {}

  /** The entries in as few datagrams as hold them in this order. */
  public static List<byte[]> encode(int syncId, int maxBytes, List<SyncEntry> entries) {
    var datagrams = new ArrayList<byte[]>();
    var buffer = start(maxBytes);
    var count = 0;
    for (var entry : entries) {
      var bytes = encode(entry);
      if (count == MAX_ENTRIES || buffer.remaining() < padding(buffer) + bytes.length) {
        datagrams.add(finish(buffer, syncId, count));
        buffer = start(maxBytes);
        count = 0;
      }
      buffer.put(new byte[padding(buffer)]).put(bytes);
      count++;
    }
    if (count > 0) {
      datagrams.add(finish(buffer, syncId, count));
    }
    return datagrams;
  }

  private static ByteBuffer start(int maxBytes) {
    return ByteBuffer.allocate(maxBytes).position(HEAD_BYTES);
  }

  private static int padding(ByteBuffer buffer) {
    return -buffer.position() & 3;
  }

  private static byte[] finish(ByteBuffer buffer, int syncId, int count) {
    var datagram = new byte[buffer.position()];
    buffer.flip().get(datagram);
    ByteBuffer.wrap(datagram)
        .put((byte) 0)
        .put((byte) syncId)
        .putShort((short) datagram.length)
        .put((byte) count)
        .put((byte) VERSION)
        .putShort((short) 0);
    return datagram;
  }

  private static byte[] encode(SyncEntry entry) {
    var options = options(entry.options());
    var addressBytes = 3 * entry.family().bits() / 8;
    var out = ByteBuffer.allocate(ENTRY_HEAD_BYTES + addressBytes + options.length);
    out.put((byte) (entry.family() == Family.IPV4 ? 0 : 1))
        .put((byte) entry.protocol())
        .putShort((short) out.capacity())
        .putInt(entry.flags())
        .putShort((short) entry.state())
        .putShort((short) entry.client().port())
        .putShort((short) entry.virtual().port())
        .putShort((short) entry.server().port())
        .putInt(entry.mark())
        .putInt(entry.timeoutSeconds())
        .put(entry.client().address().bytes())
        .put(entry.virtual().address().bytes())
        .put(entry.server().address().bytes())
        .put(options);
    return out.array();
  }

  private static byte[] options(Options options) {
    var out = ByteBuffer.allocate(2 + SEQUENCES_BYTES + 2 + 255 + 2 + 16);
    var incoming = options.incoming();
    var outgoing = options.outgoing();
    if (incoming != null && outgoing != null) {
      out.put((byte) SEQUENCES).put((byte) SEQUENCES_BYTES);
      put(out, incoming);
      put(out, outgoing);
    }
    put(out, ENGINE_DATA, options.engineData());
    put(out, ENGINE_NAME, options.engineName());
    var bytes = new byte[out.position()];
    out.flip().get(bytes);
    return bytes;
  }

  private static void put(ByteBuffer out, Sequence sequence) {
    out.putInt(sequence.initial()).putInt(sequence.delta()).putInt(sequence.previousDelta());
  }

  private static void put(ByteBuffer out, int type, String text) {
    if (!text.isEmpty()) {
      var bytes = text.getBytes(StandardCharsets.ISO_8859_1);
      out.put((byte) type).put((byte) bytes.length).put(bytes);
    }
  }

  /**
   * Reads a datagram; null when it is none of version 1, or broken. An entry with an option that is
   * unknown here and not optional is left out, as the kernel does.
   */
  static @Nullable Decoded decode(byte[] datagram) {
    var in = ByteBuffer.wrap(datagram);
    if (datagram.length < HEAD_BYTES || in.get(0) != 0 || in.get(5) != VERSION) {
      return null;
    }
    if ((in.getShort(2) & 0xffff) != datagram.length) {
      return null;
    }
    var entries = new ArrayList<SyncEntry>();
    in.position(HEAD_BYTES);
    for (var left = in.get(4) & 0xff; left > 0; left--) {
      if (in.remaining() < padding(in) + ENTRY_HEAD_BYTES) {
        return null;
      }
      in.position(in.position() + padding(in));
      var length = in.getShort(in.position() + 2) & LENGTH_MASK;
      var addressBytes = in.get(in.position()) == 0 ? 4 : 16;
      if (length > in.remaining() || length < ENTRY_HEAD_BYTES + 3 * addressBytes) {
        return null;
      }
      var read = new Reading();
      if (!read.entry(in.slice(in.position(), length), addressBytes)) {
        return null;
      }
      in.position(in.position() + length);
      var entry = read.entry;
      if (entry != null) {
        entries.add(entry);
      }
    }
    return new Decoded(datagram[1] & 0xff, entries);
  }

  /** One entry while it is read. */
  private static final class Reading {
    private @Nullable SyncEntry entry;
    private @Nullable Sequence incoming;
    private @Nullable Sequence outgoing;
    private String engineName = "";
    private String engineData = "";
    private boolean isUnderstood = true;

    /** False when the datagram cannot be read further. */
    boolean entry(ByteBuffer in, int addressBytes) {
      var options = in.slice(ENTRY_HEAD_BYTES + 3 * addressBytes, optionBytes(in, addressBytes));
      while (options.hasRemaining()) {
        if (!option(options)) {
          return false;
        }
      }
      if (isUnderstood) {
        entry =
            new SyncEntry(
                addressBytes == 4 ? Family.IPV4 : Family.IPV6,
                in.get(1) & 0xff,
                in.getInt(4),
                in.getShort(8) & 0xffff,
                end(in, 0, addressBytes),
                end(in, 1, addressBytes),
                end(in, 2, addressBytes),
                in.getInt(16),
                in.getInt(20),
                new Options(incoming, outgoing, engineName, engineData));
      }
      return true;
    }

    private static int optionBytes(ByteBuffer in, int addressBytes) {
      return in.limit() - ENTRY_HEAD_BYTES - 3 * addressBytes;
    }

    private static Endpoint end(ByteBuffer in, int index, int addressBytes) {
      var address = new byte[addressBytes];
      in.get(ENTRY_HEAD_BYTES + index * addressBytes, address);
      return new Endpoint(IpAddress.ofBytes(address), in.getShort(10 + 2 * index) & 0xffff);
    }

    private boolean option(ByteBuffer options) {
      if (options.remaining() < 2) {
        return false;
      }
      var type = options.get() & 0xff;
      var length = options.get() & 0xff;
      if (length == 0 || length > options.remaining()) {
        return false;
      }
      var data = new byte[length];
      options.get(data);
      return take(type, data);
    }

    private boolean take(int type, byte[] data) {
      switch (type) {
        case SEQUENCES -> {
          if (data.length != SEQUENCES_BYTES) {
            return false;
          }
          var in = ByteBuffer.wrap(data);
          incoming = new Sequence(in.getInt(), in.getInt(), in.getInt());
          outgoing = new Sequence(in.getInt(), in.getInt(), in.getInt());
        }
        case ENGINE_DATA -> engineData = new String(data, StandardCharsets.ISO_8859_1);
        case ENGINE_NAME -> engineName = new String(data, StandardCharsets.ISO_8859_1);
        default -> isUnderstood &= (type & OPTIONAL) != 0;
      }
      return true;
    }
  }
}
