// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Netlink attributes: struct nlattr of linux/netlink.h, each a type and a value, in order. Integers
 * are in the machine's byte order unless a method says otherwise.
 */
public final class Attributes {
  private static final int HEADER_BYTES = 4;

  /** linux/netlink.h NLA_TYPE_MASK: without NLA_F_NESTED and NLA_F_NET_BYTEORDER. */
  private static final int TYPE_MASK = 0x3fff;

  private final List<Attribute> list;

  private record Attribute(int type, ByteBuffer value) {
    ByteBuffer bytes() {
      return value.duplicate().order(ByteOrder.nativeOrder());
    }
  }

  private Attributes(List<Attribute> list) {
    this.list = List.copyOf(list);
  }

  /**
   * The attributes in all remaining bytes.
   *
   * @throws IllegalArgumentException when a length does not fit
   */
  public static Attributes decode(ByteBuffer bytes) {
    var rest = bytes.slice().asReadOnlyBuffer().order(ByteOrder.nativeOrder());
    var list = new ArrayList<Attribute>();
    while (rest.remaining() >= HEADER_BYTES) {
      var start = rest.position();
      var length = Short.toUnsignedInt(rest.getShort());
      var type = Short.toUnsignedInt(rest.getShort()) & TYPE_MASK;
      if (length < HEADER_BYTES || length > rest.limit() - start) {
        throw new IllegalArgumentException("netlink attribute " + type + " of length " + length);
      }
      list.add(new Attribute(type, rest.slice(start + HEADER_BYTES, length - HEADER_BYTES)));
      rest.position(Math.min(start + NetlinkCodec.aligned(length), rest.limit()));
    }
    return new Attributes(list);
  }

  /** Whether there is an attribute of this type. */
  public boolean has(int type) {
    return list.stream().anyMatch(attribute -> attribute.type == type);
  }

  /** The types in order. */
  public List<Integer> types() {
    return list.stream().map(Attribute::type).toList();
  }

  /**
   * The value of the first attribute of this type, read-only.
   *
   * @throws IllegalArgumentException when there is none
   */
  public ByteBuffer bytes(int type) {
    for (var attribute : list) {
      if (attribute.type == type) {
        return attribute.bytes();
      }
    }
    throw new IllegalArgumentException("no netlink attribute " + type);
  }

  /** An unsigned 8-bit number. */
  public int u8(int type) {
    return Byte.toUnsignedInt(sized(type, 1).get());
  }

  /** An unsigned 16-bit number. */
  public int u16(int type) {
    return Short.toUnsignedInt(sized(type, 2).getShort());
  }

  /** An unsigned 16-bit number in network byte order. */
  public int u16BigEndian(int type) {
    return Short.toUnsignedInt(sized(type, 2).order(ByteOrder.BIG_ENDIAN).getShort());
  }

  /** The bits of a 32-bit number. */
  public int u32(int type) {
    return sized(type, 4).getInt();
  }

  /** The bits of a 64-bit number. */
  public long u64(int type) {
    return sized(type, 8).getLong();
  }

  /** A string up to its first NUL. */
  public String string(int type) {
    return string(bytes(type));
  }

  private static String string(ByteBuffer bytes) {
    var text = StandardCharsets.UTF_8.decode(bytes).toString();
    var end = text.indexOf('\0');
    return end < 0 ? text : text.substring(0, end);
  }

  /** The strings of all attributes of this type, each up to its first NUL. */
  public List<String> strings(int type) {
    return list.stream()
        .filter(attribute -> attribute.type == type)
        .map(attribute -> string(attribute.bytes()))
        .toList();
  }

  /** The attributes within one. */
  public Attributes nested(int type) {
    return decode(bytes(type));
  }

  private ByteBuffer sized(int type, int length) {
    var bytes = bytes(type);
    if (bytes.remaining() < length) {
      throw new IllegalArgumentException(
          "netlink attribute %d has %d bytes, not %d".formatted(type, bytes.remaining(), length));
    }
    return bytes;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Attributes that && list.equals(that.list);
  }

  @Override
  public int hashCode() {
    return Objects.hash(list);
  }

  @Override
  public String toString() {
    return "Attributes" + types();
  }

  /** Writes attributes one after the other. */
  public static final class Writer {
    private ByteBuffer bytes = ByteBuffer.allocate(256).order(ByteOrder.nativeOrder());

    /** A writer with nothing written. */
    public Writer() {}

    /** Writes an unsigned 8-bit number. */
    public Writer u8(int type, int value) {
      return value(type, 1, to -> to.put((byte) value));
    }

    /** Writes an unsigned 16-bit number. */
    public Writer u16(int type, int value) {
      return value(type, 2, to -> to.putShort((short) value));
    }

    /** Writes an unsigned 16-bit number in network byte order. */
    public Writer u16BigEndian(int type, int value) {
      return value(type, 2, to -> to.put((byte) (value >> 8)).put((byte) value));
    }

    /** Writes a 32-bit number. */
    public Writer u32(int type, int value) {
      return value(type, 4, to -> to.putInt(value));
    }

    /** Writes a 64-bit number. */
    public Writer u64(int type, long value) {
      return value(type, 8, to -> to.putLong(value));
    }

    /** Writes a string and a NUL. */
    public Writer string(int type, String value) {
      var utf8 = value.getBytes(StandardCharsets.UTF_8);
      return value(type, utf8.length + 1, to -> to.put(utf8).put((byte) 0));
    }

    /** Writes these bytes as they are. */
    public Writer bytes(int type, byte[] value) {
      return value(type, value.length, to -> to.put(value));
    }

    /** Writes attributes within one. */
    public Writer nested(int type, Writer inner) {
      var value = inner.encode();
      return value(type, value.remaining(), to -> to.put(value));
    }

    /** What was written so far. */
    public ByteBuffer encode() {
      return bytes.duplicate().flip().order(ByteOrder.nativeOrder());
    }

    private Writer value(int type, int length, Consumer<ByteBuffer> value) {
      if (HEADER_BYTES + length > 0xffff) {
        throw new IllegalArgumentException("netlink attribute " + type + " of length " + length);
      }
      makeRoom(HEADER_BYTES + length + 3);
      var end = bytes.position() + NetlinkCodec.aligned(HEADER_BYTES + length);
      bytes.putShort((short) (HEADER_BYTES + length)).putShort((short) type);
      value.accept(bytes);
      while (bytes.position() < end) {
        bytes.put((byte) 0);
      }
      return this;
    }

    private void makeRoom(int length) {
      if (bytes.remaining() < length) {
        var larger = ByteBuffer.allocate(Math.max(2 * bytes.capacity(), bytes.position() + length));
        bytes = larger.order(ByteOrder.nativeOrder()).put(bytes.flip());
      }
    }
  }
}
