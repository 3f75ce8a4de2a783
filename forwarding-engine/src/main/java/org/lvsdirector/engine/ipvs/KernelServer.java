// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.ipvs;

import org.lvsdirector.config.Endpoint;
import org.lvsdirector.config.ForwardingMethod;
import org.lvsdirector.config.IpAddress.Family;
import org.lvsdirector.config.Tunnel;
import org.lvsdirector.engine.table.Table.Server;
import org.lvsdirector.linux.Attributes;

/**
 * A real server as the kernel holds it; IPVS_CMD_ATTR_DEST of linux/ip_vs.h.
 *
 * @param endpoint its address and port
 * @param method IP_VS_CONN_F_MASQ and the others
 * @param weight its share
 * @param upperThreshold 0 for no limit
 * @param lowerThreshold 0 for three quarters of the upper one
 * @param wrapping how it is tunnelled to
 */
record KernelServer(
    Endpoint endpoint,
    int method,
    int weight,
    int upperThreshold,
    int lowerThreshold,
    Wrapping wrapping) {

  /** The lower threshold of a server that differs from every server that can be asked for. */
  private static final int NOT_SAYABLE = -1;

  /**
   * The outer header of a tunnel.
   *
   * @param type IP_VS_CONN_F_TUNNEL_TYPE_*: 0 IP in IP, 1 GUE, 2 GRE
   * @param port of GUE
   * @param flags IP_VS_TUNNEL_ENCAP_FLAG_*: 0 no checksum, 1 checksum, 2 remote checksum
   */
  record Wrapping(int type, int port, int flags) {
    static final Wrapping NONE = new Wrapping(0, 0, 0);

    private static Wrapping of(Tunnel tunnel) {
      var type =
          switch (tunnel.type()) {
            case IPIP -> 0;
            case GUE -> 1;
            case GRE -> 2;
          };
      var flags =
          switch (tunnel.checksum()) {
            case NONE -> 0;
            case FULL -> 1;
            case REMOTE -> 2;
          };
      return new Wrapping(type, tunnel.port(), flags);
    }

    private Tunnel tunnel() {
      var tunnelType =
          switch (type) {
            case 0 -> Tunnel.Type.IPIP;
            case 1 -> Tunnel.Type.GUE;
            case 2 -> Tunnel.Type.GRE;
            default -> throw new IllegalArgumentException("tunnel type " + type);
          };
      var checksum =
          switch (flags) {
            case 0 -> Tunnel.Checksum.NONE;
            case 1 -> Tunnel.Checksum.FULL;
            case 2 -> Tunnel.Checksum.REMOTE;
            default -> throw new IllegalArgumentException("tunnel flags " + flags);
          };
      return new Tunnel(tunnelType, port, checksum);
    }
  }

  /** A server of a table. */
  static KernelServer of(Server server) {
    return new KernelServer(
        server.endpoint(),
        method(server.method()),
        server.weight(),
        server.upperThreshold(),
        server.lowerThreshold(),
        Wrapping.of(server.tunnel()));
  }

  private static int method(ForwardingMethod method) {
    return switch (method) {
      case NAT -> Abi.MASQ;
      case DIRECT_ROUTING -> Abi.DROUTE;
      case TUNNELLING -> Abi.TUNNEL;
    };
  }

  /**
   * The server in a table. What no table can say, such as the method of a local server, becomes a
   * server that equals none that can be asked for.
   */
  Server server() {
    try {
      var said =
          switch (method) {
            case Abi.MASQ -> ForwardingMethod.NAT;
            case Abi.DROUTE -> ForwardingMethod.DIRECT_ROUTING;
            case Abi.TUNNEL -> ForwardingMethod.TUNNELLING;
            default -> throw new IllegalArgumentException("forwarding method " + method);
          };
      var tunnel = said == ForwardingMethod.TUNNELLING ? wrapping.tunnel() : Tunnel.IPIP;
      return new Server(endpoint, said, weight, upperThreshold, lowerThreshold, tunnel);
    } catch (IllegalArgumentException _) {
      return new Server(endpoint, ForwardingMethod.NAT, weight, upperThreshold, NOT_SAYABLE);
    }
  }

  /** The attributes that name a server. */
  static Attributes.Writer encodeKey(Endpoint endpoint) {
    return new Attributes.Writer()
        .bytes(Abi.DEST_ADDR, Addresses.bytes(endpoint.address()))
        .u16BigEndian(Abi.DEST_PORT, endpoint.port())
        .u16(Abi.DEST_ADDR_FAMILY, Addresses.number(endpoint.address().family()));
  }

  /** All attributes; the kernel takes no fewer when a server changes. */
  Attributes.Writer encode() {
    return encodeKey(endpoint)
        .u32(Abi.DEST_FWD_METHOD, method)
        .u32(Abi.DEST_WEIGHT, weight)
        .u32(Abi.DEST_U_THRESH, upperThreshold)
        .u32(Abi.DEST_L_THRESH, lowerThreshold)
        .u8(Abi.DEST_TUN_TYPE, wrapping.type)
        .u16BigEndian(Abi.DEST_TUN_PORT, wrapping.port)
        .u16(Abi.DEST_TUN_FLAGS, wrapping.flags);
  }

  /**
   * Reads the attributes of a server. Kernels before 3.18 leave its address family out, those
   * before 5.3 the tunnel.
   *
   * @param service the address family of its service
   * @throws IllegalArgumentException when one is missing, too short, or of an unknown family
   */
  static KernelServer decode(Attributes from, Family service) {
    var number = from.has(Abi.DEST_ADDR_FAMILY) ? from.u16(Abi.DEST_ADDR_FAMILY) : 0;
    var family = number == 0 ? service : Addresses.family(number);
    var address = Addresses.address(from, Abi.DEST_ADDR, family);
    return new KernelServer(
        new Endpoint(address, from.u16BigEndian(Abi.DEST_PORT)),
        from.u32(Abi.DEST_FWD_METHOD),
        from.u32(Abi.DEST_WEIGHT),
        from.u32(Abi.DEST_U_THRESH),
        from.u32(Abi.DEST_L_THRESH),
        new Wrapping(
            from.has(Abi.DEST_TUN_TYPE) ? from.u8(Abi.DEST_TUN_TYPE) : 0,
            from.has(Abi.DEST_TUN_PORT) ? from.u16BigEndian(Abi.DEST_TUN_PORT) : 0,
            from.has(Abi.DEST_TUN_FLAGS) ? from.u16(Abi.DEST_TUN_FLAGS) : 0));
  }
}
