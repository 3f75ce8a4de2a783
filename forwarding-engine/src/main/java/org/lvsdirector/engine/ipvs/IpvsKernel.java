// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.ipvs;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.lvsdirector.engine.table.TableOp;
import org.lvsdirector.linux.Attributes;
import org.lvsdirector.linux.Errno;
import org.lvsdirector.linux.GenericMessage;
import org.lvsdirector.linux.GenericNetlink;
import org.lvsdirector.linux.GenericNetlink.Family;
import org.lvsdirector.linux.Libc;
import org.lvsdirector.linux.LinuxException;
import org.lvsdirector.linux.NetlinkCodec.Verdict;

/**
 * IPVS of the network namespace in which this was opened, by generic netlink. For one platform
 * thread at a time.
 *
 * <p>A list is read in parts and the kernel does not say when it changed in between: an entry that
 * comes twice is noticed, and the list read again; one that is missed is added again by whoever
 * compares, which finds it there.
 */
final class IpvsKernel implements AutoCloseable {
  private static final int TRIES = 10;

  private final GenericNetlink netlink;
  private final int family;

  private IpvsKernel(GenericNetlink netlink, int family) {
    this.netlink = netlink;
    this.family = family;
  }

  /** A service, what was counted for it, and its servers. */
  record HeldService(KernelService service, Traffic traffic) {}

  /**
   * A server, and what was counted for it.
   *
   * @param active connections that are established, or being so
   * @param inactive connections that are closing, and all UDP flows
   * @param persistent clients that stick to this server
   */
  record HeldServer(
      KernelServer server, int active, int inactive, int persistent, Traffic traffic) {}

  /**
   * Opens a socket; the kernel loads its module when it can.
   *
   * @throws LinuxException ENOENT when the kernel has no IPVS
   */
  static IpvsKernel open(Libc libc) throws LinuxException {
    var netlink = GenericNetlink.open(libc);
    try {
      return switch (netlink.familyId(Abi.FAMILY)) {
        case Family.Found(int id) -> new IpvsKernel(netlink, id);
        case Family.Missing _ ->
            throw new LinuxException("IPVS", Errno.ENOENT, "this kernel has no ip_vs");
      };
    } catch (LinuxException | RuntimeException e) {
      netlink.close();
      throw e;
    }
  }

  /** What IPVS says of itself. */
  KernelInfo info() throws LinuxException {
    return one("IPVS GET_INFO", Requests.plain(Abi.GET_INFO), KernelInfo::decode);
  }

  /** How long idle connections stay. */
  KernelTimeouts timeouts() throws LinuxException {
    return one("IPVS GET_CONFIG", Requests.plain(Abi.GET_CONFIG), KernelTimeouts::decode);
  }

  /** Sets how long idle connections stay. */
  void set(KernelTimeouts timeouts) throws LinuxException {
    netlink.request("IPVS SET_CONFIG", family, Requests.set(timeouts));
  }

  /** The sync daemons: none, one, or one of each state. */
  List<KernelDaemon> daemons() throws LinuxException {
    var request = Requests.plain(Abi.GET_DAEMON);
    return decode(
        "IPVS GET_DAEMON",
        netlink.dump("IPVS GET_DAEMON", family, request),
        attributes -> KernelDaemon.decode(attributes.nested(Abi.DAEMON)));
  }

  /** Starts a sync daemon. */
  void start(KernelDaemon daemon) throws LinuxException {
    netlink.request(
        "IPVS NEW_DAEMON " + daemon.state() + " on " + daemon.device(),
        family,
        Requests.daemon(Abi.NEW_DAEMON, daemon.encode()));
  }

  /** Stops a sync daemon. */
  void stop(KernelDaemon.State state) throws LinuxException {
    netlink.request(
        "IPVS DEL_DAEMON " + state,
        family,
        Requests.daemon(Abi.DEL_DAEMON, KernelDaemon.encodeKey(state)));
  }

  /** Every service of this network namespace, whoever made it, in the kernel's order. */
  List<HeldService> services() throws LinuxException {
    return listed(
        "IPVS GET_SERVICE",
        Requests.listServices(),
        IpvsKernel::service,
        held -> held.service.selector());
  }

  /** A service; empty when it is not there. */
  Optional<HeldService> service(KernelService.Selector service) throws LinuxException {
    try {
      return Optional.of(one("IPVS GET_SERVICE", Requests.service(service), IpvsKernel::service));
    } catch (LinuxException e) {
      if (e.errno() != Errno.ESRCH) {
        throw e;
      }
      return Optional.empty();
    }
  }

  /** Every server of a service, in the kernel's order: the newest first. */
  List<HeldServer> servers(KernelService.Selector service) throws LinuxException {
    return listed(
        "IPVS GET_DEST",
        Requests.listServers(service),
        attributes -> server(attributes, service),
        held -> held.server.endpoint());
  }

  /** Makes changes, in their order; what became of each. */
  List<Verdict> apply(List<TableOp> changes) throws LinuxException {
    return netlink.batch("IPVS", family, changes.stream().map(Requests::of).toList());
  }

  private <T> List<T> listed(
      String what, GenericMessage request, Function<Attributes, T> decode, Function<T, Object> key)
      throws LinuxException {
    for (var i = 0; i < TRIES; i++) {
      var list = decode(what, netlink.dump(what, family, request), decode);
      var keys = new HashSet<Object>();
      if (list.stream().map(key).allMatch(keys::add)) {
        return list;
      }
    }
    throw new LinuxException(what, Errno.EAGAIN, "the list changes while it is read");
  }

  private static HeldService service(Attributes message) {
    var service = message.nested(Abi.SERVICE);
    return new HeldService(
        KernelService.decode(service), Traffic.decode(service, Abi.SVC_STATS64, Abi.SVC_STATS));
  }

  private static HeldServer server(Attributes message, KernelService.Selector service) {
    var server = message.nested(Abi.DEST);
    return new HeldServer(
        KernelServer.decode(server, service.family()),
        server.u32(Abi.DEST_ACTIVE_CONNS),
        server.u32(Abi.DEST_INACT_CONNS),
        server.u32(Abi.DEST_PERSIST_CONNS),
        Traffic.decode(server, Abi.DEST_STATS64, Abi.DEST_STATS));
  }

  private <T> T one(String what, GenericMessage request, Function<Attributes, T> decode)
      throws LinuxException {
    var answers = netlink.request(what, family, request);
    if (answers.isEmpty()) {
      throw new LinuxException(what, Errno.EBADMSG, "no answer before the acknowledgement");
    }
    return decode(what, answers.subList(0, 1), decode).getFirst();
  }

  private static <T> List<T> decode(
      String what, List<GenericMessage> messages, Function<Attributes, T> decode)
      throws LinuxException {
    try {
      var list = new ArrayList<T>(messages.size());
      for (var message : messages) {
        list.add(decode.apply(Attributes.decode(message.attributes())));
      }
      return list;
    } catch (IllegalArgumentException e) {
      throw new LinuxException(what, Errno.EBADMSG, String.valueOf(e.getMessage()));
    }
  }

  @Override
  public void close() {
    netlink.close();
  }
}
