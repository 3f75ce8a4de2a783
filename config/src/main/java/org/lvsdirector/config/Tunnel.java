// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config;

/**
 * How a packet is wrapped on its way to a real server by {@code network = tunnel}.
 *
 * @param type the outer header
 * @param port UDP port of the far end, 1 to 65535, for {@link Type#GUE}; 0 otherwise
 * @param checksum whether the outer header has one
 */
public record Tunnel(Type type, int port, Checksum checksum) {
  /** What a server has that nothing else is said of. */
  public static final Tunnel IPIP = new Tunnel(Type.IPIP, 0);

  /** The outer headers that the kernel knows. */
  public enum Type implements Worded {
    /** IP in IP, RFC 2003. */
    IPIP("ipip"),
    /** Generic Routing Encapsulation, RFC 2784. */
    GRE("gre"),
    /** Generic UDP Encapsulation. */
    GUE("gue");

    /** Whether its outer header can have this. */
    public boolean has(Checksum checksum) {
      return switch (checksum) {
        case NONE -> true;
        case FULL -> this != IPIP;
        case REMOTE -> this == GUE;
      };
    }

    private final String word;

    Type(String word) {
      this.word = word;
    }

    @Override
    public String word() {
      return word;
    }
  }

  /** The checksum of an outer header. */
  public enum Checksum implements Worded {
    /** There is none. */
    NONE("none"),
    /** Of the whole packet; {@link Type#GRE} and {@link Type#GUE}. */
    FULL("full"),
    /** The outer one stands in for the inner one, which the far end restores; {@link Type#GUE}. */
    REMOTE("remote");

    private final String word;

    Checksum(String word) {
      this.word = word;
    }

    @Override
    public String word() {
      return word;
    }
  }

  public Tunnel {
    if (type == Type.GUE ? port < 1 || port > 65535 : port != 0) {
      throw new IllegalArgumentException("only GUE has a port, and needs it: " + port);
    }
    if (!type.has(checksum)) {
      throw new IllegalArgumentException(type + " has no such checksum: " + checksum);
    }
  }

  /** Without a checksum. */
  public Tunnel(Type type, int port) {
    this(type, port, Checksum.NONE);
  }
}
