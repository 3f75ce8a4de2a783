// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.ipvs;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.Endpoint;
import org.lvsdirector.config.IpAddress;
import org.lvsdirector.config.IpAddress.Family;
import org.lvsdirector.config.Protocol;
import org.lvsdirector.config.SchedulerFlag;
import org.lvsdirector.config.SchedulerName;
import org.lvsdirector.config.ServiceKey;
import org.lvsdirector.config.VirtualService.Persistence;
import org.lvsdirector.engine.table.Table.ServiceSettings;
import org.lvsdirector.linux.Attributes;

/**
 * A virtual service as the kernel holds it, with everything that the kernel can say and a table
 * cannot; IPVS_CMD_ATTR_SERVICE of linux/ip_vs.h.
 *
 * @param selector what packets belong to it
 * @param scheduler the scheduler's word; empty for none
 * @param flags IP_VS_SVC_F_*, without HASHED
 * @param timeoutSeconds of persistence
 * @param netmask of persistence: the mask's bits for IPv4, the prefix length for IPv6
 * @param persistenceEngine its word; empty for none
 */
record KernelService(
    Selector selector,
    String scheduler,
    int flags,
    int timeoutSeconds,
    int netmask,
    String persistenceEngine) {

  /** Differs from the settings of every service that can be asked for. */
  static final ServiceSettings NO_SETTINGS =
      new ServiceSettings(SchedulerName.WLC, Set.of(), new Persistence(Duration.ZERO, -1), false);

  private static final int SAYABLE_FLAGS =
      Abi.F_PERSISTENT | Abi.F_ONEPACKET | Abi.F_FALLBACK | Abi.F_PORT;

  /**
   * What packets belong to a service.
   *
   * @param mark the firewall mark; 0 for a service with protocol and address
   * @param protocol the IP protocol number; 0 with a mark
   * @param virtual address and port; all zero with a mark
   */
  record Selector(Family family, int mark, int protocol, Endpoint virtual) {
    static Selector of(ServiceKey key) {
      return switch (key) {
        case ServiceKey.ByAddress(Protocol protocol, Endpoint virtual) ->
            new Selector(virtual.address().family(), 0, protocol.number(), virtual);
        case ServiceKey.ByMark(int mark, Family family) ->
            new Selector(family, mark, 0, anywhere(family));
      };
    }

    /** The key in a table; empty for a protocol that no table has. */
    Optional<ServiceKey> key() {
      if (mark != 0) {
        return Optional.of(new ServiceKey.ByMark(mark, family));
      }
      for (var known : Protocol.values()) {
        if (known.number() == protocol) {
          return Optional.of(new ServiceKey.ByAddress(known, virtual));
        }
      }
      return Optional.empty();
    }

    private static Endpoint anywhere(Family family) {
      return new Endpoint(new IpAddress(family, 0, 0), 0);
    }

    /** The attributes that name a service. */
    Attributes.Writer encode() {
      var writer = new Attributes.Writer().u16(Abi.SVC_AF, Addresses.number(family));
      return mark != 0
          ? writer.u32(Abi.SVC_FWMARK, mark)
          : writer
              .u16(Abi.SVC_PROTOCOL, protocol)
              .bytes(Abi.SVC_ADDR, Addresses.bytes(virtual.address()))
              .u16BigEndian(Abi.SVC_PORT, virtual.port());
    }

    private static Selector decode(Attributes from) {
      var family = Addresses.family(from.u16(Abi.SVC_AF));
      if (from.has(Abi.SVC_FWMARK)) {
        return new Selector(family, from.u32(Abi.SVC_FWMARK), 0, anywhere(family));
      }
      var address = Addresses.address(from, Abi.SVC_ADDR, family);
      var virtual = new Endpoint(address, from.u16BigEndian(Abi.SVC_PORT));
      return new Selector(family, 0, from.u16(Abi.SVC_PROTOCOL), virtual);
    }
  }

  /** A service of a table. */
  static KernelService of(ServiceKey key, ServiceSettings settings) {
    var selector = Selector.of(key);
    var persistence = settings.persistence();
    var flags = persistence == null ? 0 : Abi.F_PERSISTENT;
    flags |= settings.isOnePacket() ? Abi.F_ONEPACKET : 0;
    flags |= settings.flags().contains(SchedulerFlag.FALLBACK) ? Abi.F_FALLBACK : 0;
    flags |= settings.flags().contains(SchedulerFlag.PORT) ? Abi.F_PORT : 0;
    return new KernelService(
        selector,
        settings.scheduler().word(),
        flags,
        persistence == null ? 0 : Math.toIntExact(persistence.timeout().toSeconds()),
        netmask(
            selector.family, persistence == null ? selector.family.bits() : persistence.prefix()),
        "");
  }

  /**
   * The settings in a table, or {@link #NO_SETTINGS} for what no table can say: a persistence
   * engine, an unknown scheduler or flag, a mask with holes.
   */
  ServiceSettings settings() {
    var known = SchedulerName.ofWord(scheduler);
    var isPersistent = (flags & Abi.F_PERSISTENT) != 0;
    if (known.isEmpty()
        || !persistenceEngine.isEmpty()
        || (flags & ~SAYABLE_FLAGS) != 0
        || isPersistent && prefix() < 0) {
      return NO_SETTINGS;
    }
    return new ServiceSettings(
        known.get(),
        schedulerFlags(),
        isPersistent ? new Persistence(Duration.ofSeconds(timeoutSeconds), prefix()) : null,
        (flags & Abi.F_ONEPACKET) != 0);
  }

  /** The granularity of persistence as a prefix length; -1 for a mask with holes. */
  int prefix() {
    if (selector.family == Family.IPV6) {
      return netmask;
    }
    var prefix = Integer.numberOfLeadingZeros(~netmask);
    return netmask == netmask(Family.IPV4, prefix) ? prefix : -1;
  }

  private Set<SchedulerFlag> schedulerFlags() {
    var set = EnumSet.noneOf(SchedulerFlag.class);
    if ((flags & Abi.F_FALLBACK) != 0) {
      set.add(SchedulerFlag.FALLBACK);
    }
    if ((flags & Abi.F_PORT) != 0) {
      set.add(SchedulerFlag.PORT);
    }
    return set;
  }

  private static int netmask(Family family, int prefix) {
    if (family == Family.IPV6) {
      return prefix;
    }
    return prefix == 0 ? 0 : -1 << (32 - prefix);
  }

  /** The attributes that name a service. */
  static Attributes.Writer encodeKey(ServiceKey key) {
    return Selector.of(key).encode();
  }

  /** All attributes; an IPv4 mask is in network byte order, an IPv6 prefix in the machine's. */
  Attributes.Writer encode() {
    var writer =
        selector
            .encode()
            .string(Abi.SVC_SCHED_NAME, scheduler)
            .bytes(Abi.SVC_FLAGS, flagsAndMask())
            .u32(Abi.SVC_TIMEOUT, timeoutSeconds)
            .bytes(Abi.SVC_NETMASK, netmaskBytes());
    return persistenceEngine.isEmpty() ? writer : writer.string(Abi.SVC_PE_NAME, persistenceEngine);
  }

  /** struct ip_vs_flags: the mask says that all flags are meant. */
  private byte[] flagsAndMask() {
    var bytes = ByteBuffer.allocate(8).order(ByteOrder.nativeOrder());
    return bytes.putInt(flags).putInt(-1).array();
  }

  private byte[] netmaskBytes() {
    return ByteBuffer.allocate(4).order(netmaskOrder(selector.family)).putInt(netmask).array();
  }

  private static ByteOrder netmaskOrder(Family family) {
    return family == Family.IPV4 ? ByteOrder.BIG_ENDIAN : ByteOrder.nativeOrder();
  }

  /**
   * Reads the attributes of a service.
   *
   * @throws IllegalArgumentException when one is missing, too short, or of an unknown family
   */
  static KernelService decode(Attributes from) {
    var selector = Selector.decode(from);
    var netmask = from.bytes(Abi.SVC_NETMASK).order(netmaskOrder(selector.family));
    var flags = from.bytes(Abi.SVC_FLAGS);
    if (netmask.remaining() < 4 || flags.remaining() < 4) {
      throw new IllegalArgumentException("flags or netmask too short");
    }
    return new KernelService(
        selector,
        word(from, Abi.SVC_SCHED_NAME),
        flags.getInt() & ~Abi.F_HASHED,
        from.u32(Abi.SVC_TIMEOUT),
        netmask.getInt(),
        word(from, Abi.SVC_PE_NAME));
  }

  private static String word(Attributes from, int type) {
    @Nullable String word = from.has(type) ? from.string(type) : null;
    return word == null ? "" : word;
  }
}
