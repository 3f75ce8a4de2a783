// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.ipvs.sync.exchange;

import java.util.Arrays;
import org.lvsdirector.config.Endpoint;
import org.lvsdirector.config.IpAddress;
import org.lvsdirector.config.IpAddress.Family;

/**
 * A connection of the kernel's table, or a template that ties a client to a server. Small, since a
 * table may have a million. Two flows are equal when they lead the same packets to the same server;
 * state and time of expiry do not count.
 */
public final class ConnectionEntry {
  private static final int HEAD_BYTES = 3;
  private static final int PORT_BYTES = 2;

  /** Family, protocol, kind; then client, virtual and server, each an address and a port. */
  private final byte[] key;

  private final byte state;
  private final int expiresSeconds;

  private ConnectionEntry(byte[] key, int state, int expiresSeconds) {
    this.key = key;
    this.state = (byte) state;
    this.expiresSeconds = expiresSeconds;
  }

  /**
   * What kind of flow it is.
   *
   * @param family the family of all three addresses
   * @param protocol the number of the protocol, such as 6; 0 for the templates of firewall marks
   * @param isTemplate whether it ties a client to a server
   */
  public record Kind(Family family, int protocol, boolean isTemplate) {
    private int addressBytes() {
      return family.bits() / 8;
    }

    /** The length of three ends. */
    int endsBytes() {
      return 3 * (addressBytes() + PORT_BYTES);
    }
  }

  /**
   * A flow.
   *
   * @param ends client, virtual and server, each an address and a port in network order
   * @param state the number that the sync protocol has for it
   * @param expiresSeconds when it is forgotten, should no packet come
   */
  static ConnectionEntry of(Kind kind, byte[] ends, int state, int expiresSeconds) {
    if (ends.length != kind.endsBytes()) {
      throw new IllegalArgumentException("three ends of " + ends.length + " bytes");
    }
    var key = new byte[HEAD_BYTES + ends.length];
    key[0] = (byte) (kind.family == Family.IPV4 ? 4 : 6);
    key[1] = (byte) kind.protocol;
    key[2] = (byte) (kind.isTemplate ? 1 : 0);
    System.arraycopy(ends, 0, key, HEAD_BYTES, ends.length);
    return new ConnectionEntry(key, state, expiresSeconds);
  }

  /** What kind of flow it is. */
  public Kind kind() {
    var family = key[0] == 4 ? Family.IPV4 : Family.IPV6;
    return new Kind(family, key[1] & 0xff, isTemplate());
  }

  public boolean isTemplate() {
    return key[2] == 1;
  }

  public int protocol() {
    return key[1] & 0xff;
  }

  public int state() {
    return state;
  }

  public int expiresSeconds() {
    return expiresSeconds;
  }

  public Endpoint client() {
    return end(0);
  }

  /** What the client talks to; for the template of a firewall mark its address is the mark. */
  public Endpoint virtual() {
    return end(1);
  }

  public Endpoint server() {
    return end(2);
  }

  private Endpoint end(int index) {
    var length = (key.length - HEAD_BYTES) / 3;
    var from = HEAD_BYTES + index * length;
    var portAt = from + length - PORT_BYTES;
    var port = (key[portAt] & 0xff) << 8 | key[portAt + 1] & 0xff;
    return new Endpoint(IpAddress.ofBytes(Arrays.copyOfRange(key, from, portAt)), port);
  }

  /** 64 bits that stand for the flow in one comparison; another seed gives others. */
  public long hash(long seed) {
    var hash = mix(seed ^ key.length);
    var word = 0L;
    for (var i = 0; i < key.length; i++) {
      word = word << 8 | key[i] & 0xff;
      if ((i & 7) == 7) {
        hash = mix(hash ^ word);
        word = 0;
      }
    }
    return mix(hash ^ word);
  }

  /** The finalizer of SplitMix64: every bit of the input changes half of the output's. */
  private static long mix(long bits) {
    var mixed = bits + 0x9e3779b97f4a7c15L;
    mixed = (mixed ^ mixed >>> 30) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ mixed >>> 27) * 0x94d049bb133111ebL;
    return mixed ^ mixed >>> 31;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ConnectionEntry flow && Arrays.equals(key, flow.key);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(key);
  }

  @Override
  public String toString() {
    return "%d %s -> %s -> %s%s"
        .formatted(protocol(), client(), virtual(), server(), isTemplate() ? " template" : "");
  }
}
