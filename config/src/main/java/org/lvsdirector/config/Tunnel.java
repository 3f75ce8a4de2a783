package org.lvsdirector.config;

/**
 * How a packet is wrapped on its way to a real server by {@code network = tunnel}.
 *
 * @param type the outer header
 * @param port UDP port of the far end, 1 to 65535, for {@link Type#GUE}; 0 otherwise
 */
public record Tunnel(Type type, int port) {
  /** What a server has that nothing else is said of. */
  public static final Tunnel IPIP = new Tunnel(Type.IPIP, 0);

  /** The outer headers that the kernel knows. */
  public enum Type {
    /** IP in IP, RFC 2003. */
    IPIP,
    /** Generic Routing Encapsulation, RFC 2784. */
    GRE,
    /** Generic UDP Encapsulation. */
    GUE
  }

  public Tunnel {
    if (type == Type.GUE ? port < 1 || port > 65535 : port != 0) {
      throw new IllegalArgumentException("only GUE has a port, and needs it: " + port);
    }
  }
}
