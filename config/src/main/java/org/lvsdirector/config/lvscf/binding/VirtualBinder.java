// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config.lvscf.binding;

import static org.lvsdirector.config.lvscf.catalogue.ServerDirectives.SERVER_ACTIVE;
import static org.lvsdirector.config.lvscf.catalogue.ServerDirectives.SERVER_ADDRESS;
import static org.lvsdirector.config.lvscf.catalogue.ServerDirectives.SERVER_PORT;
import static org.lvsdirector.config.lvscf.catalogue.ServiceDirectives.ACTIVE;
import static org.lvsdirector.config.lvscf.catalogue.ServiceDirectives.FWMARK;
import static org.lvsdirector.config.lvscf.catalogue.ServiceDirectives.PERSISTENT;
import static org.lvsdirector.config.lvscf.catalogue.ServiceDirectives.PMASK;
import static org.lvsdirector.config.lvscf.catalogue.ServiceDirectives.PORT;
import static org.lvsdirector.config.lvscf.catalogue.ServiceDirectives.PROTOCOL;
import static org.lvsdirector.config.lvscf.catalogue.ServiceDirectives.SCHEDULER;
import static org.lvsdirector.config.lvscf.catalogue.ServiceDirectives.SCHEDULER_FLAGS;
import static org.lvsdirector.config.lvscf.catalogue.ServiceDirectives.SORRY_SERVER;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.CheckSettings;
import org.lvsdirector.config.Endpoint;
import org.lvsdirector.config.ForwardingMethod;
import org.lvsdirector.config.IpAddress;
import org.lvsdirector.config.Protocol;
import org.lvsdirector.config.Quorum;
import org.lvsdirector.config.ServiceKey;
import org.lvsdirector.config.Tunnel;
import org.lvsdirector.config.VirtualService;
import org.lvsdirector.config.VirtualService.Forwarding;
import org.lvsdirector.config.VirtualService.Identity;
import org.lvsdirector.config.VirtualService.Monitoring;
import org.lvsdirector.config.VirtualService.Persistence;
import org.lvsdirector.config.VirtualService.RealServer;
import org.lvsdirector.config.lvscf.binding.BoundService.BoundServer;
import org.lvsdirector.config.lvscf.catalogue.GlobalDirectives;
import org.lvsdirector.config.lvscf.catalogue.ServerDirectives;
import org.lvsdirector.config.lvscf.catalogue.ServiceDirectives;
import org.lvsdirector.config.lvscf.directive.AddressTypes.OnDevice;
import org.lvsdirector.config.lvscf.directive.Directive;
import org.lvsdirector.config.lvscf.directive.Values;
import org.lvsdirector.config.lvscf.syntax.Node.Block;
import org.lvsdirector.config.lvscf.syntax.Node.Statement;
import org.lvsdirector.config.lvscf.syntax.Scope;
import org.lvsdirector.config.lvscf.syntax.Token;
import org.lvsdirector.config.problem.PrintableText;
import org.lvsdirector.config.problem.ProblemCode;
import org.lvsdirector.config.problem.Problems;

/** Makes a service from a virtual block. */
final class VirtualBinder {
  private static final int DEFAULT_PORT = 80;

  private final Values globals;
  private final ValueReader reader;
  private final Problems problems;
  private final List<UnusedBlock> unused = new ArrayList<>();

  VirtualBinder(Values globals, ValueReader reader, Problems problems) {
    this.globals = globals;
    this.reader = reader;
    this.problems = problems;
  }

  /** A server block whose statements are read, with what it may inherit. */
  private record ReadServer(Block block, Values values, int portAbove) {
    UnusedBlock unused() {
      return new UnusedBlock(Scope.SERVER, block.name(), values, List.of());
    }
  }

  /** The virtual blocks so far that are not active. */
  List<UnusedBlock> unused() {
    return unused;
  }

  /** The service; null when the block is not active, or wrong in a way that was told. */
  @Nullable BoundService bind(Block block) {
    var values = Binder.valuesOf(block, problems);
    var servers = read(block, values);
    if (!values.get(ACTIVE)) {
      var all = servers.stream().map(ReadServer::unused).toList();
      unused.add(new UnusedBlock(Scope.VIRTUAL, block.name(), values, all));
      return null;
    }
    var place = AddressBinder.place(Scope.VIRTUAL, values, block.header(), problems);
    var bound = activeServers(servers, values);
    checkAnyActive(block, servers, values);
    var check = new CheckBinder(values, block.header(), problems, true).bind();
    if (place == null) {
      return null;
    }
    var service =
        new VirtualService(
            identity(block.name(), values, place),
            forwarding(values, place.address(), block.header()),
            monitoring(values, check),
            serversOf(bound));
    var result = new BoundService(service, values, block.header(), bound, inactive(servers));
    new ServiceRules(result, problems).check();
    return result;
  }

  private Identity identity(String name, Values values, OnDevice place) {
    var address = AddressBinder.bind(place, ServiceDirectives.VIP_NMASK, values, problems);
    return new Identity(name, key(values, place.address()), address);
  }

  private Forwarding forwarding(Values values, IpAddress address, Token header) {
    return new Forwarding(
        values.get(SCHEDULER),
        values.get(SCHEDULER_FLAGS),
        persistence(values, address, header),
        sorryServer(values),
        isQuiescing(values),
        values.get(ServiceDirectives.ONE_PACKET));
  }

  /** A flow of datagrams goes on for as long as its client sends, to a dead server too. */
  private boolean isQuiescing(Values values) {
    var isWanted = values.get(ServiceDirectives.QUIESCE_SERVER);
    if (isWanted && values.get(PROTOCOL) == Protocol.UDP) {
      problems.note(
          ProblemCode.NO_EFFECT,
          values.nameOf(ServiceDirectives.QUIESCE_SERVER, Token.NOWHERE),
          "quiesce_server has no effect with protocol = udp: a failed server leaves",
          "a flow has no end by which it would leave a dead server");
      return false;
    }
    return isWanted;
  }

  private static Monitoring monitoring(Values values, CheckSettings check) {
    return new Monitoring(
        check,
        new Quorum(
            values.get(ServiceDirectives.QUORUM).intValue(),
            values.get(ServiceDirectives.HYSTERESIS).intValue()),
        values.given(GlobalDirectives.NOTIFY));
  }

  /** Reads a server block, wherever it stands. */
  Values server(Block block, int portAbove) {
    return read(block, portAbove, reader).values();
  }

  private List<ReadServer> read(Block block, Values values) {
    var servers = new ArrayList<ReadServer>();
    var blocks = new ArrayList<Block>();
    var lines = reader.suiting(ServiceDirectives.ADDRESS, block.children());
    for (var child : block.children()) {
      switch (child) {
        case Statement statement -> {
          lines.read(Scope.VIRTUAL, statement, values);
          tellOfLatePort(statement, values, servers);
        }
        case Block server -> {
          if (server.scope() == Scope.SERVER) {
            blocks.add(server);
            servers.add(
                read(server, Objects.requireNonNullElse(values.given(PORT), DEFAULT_PORT), lines));
          }
        }
      }
    }
    Binder.tellOfSameNames(Scope.SERVER, blocks, problems);
    return servers;
  }

  private void tellOfLatePort(Statement statement, Values values, List<ReadServer> servers) {
    var port = values.given(PORT);
    if (port == null || servers.isEmpty() || !statement.name().text().equals(PORT.word())) {
      return;
    }
    var needy =
        servers.stream()
            .filter(server -> !server.values().isMentioned(SERVER_PORT))
            .filter(server -> server.portAbove() != port)
            .findFirst();
    if (needy.isPresent()) {
      problems.report(
          ProblemCode.PORT_AFTER_SERVER,
          statement.name(),
          "the servers above keep port " + needy.get().portAbove(),
          "put the port before the server blocks, or give each server its own");
    }
  }

  private ReadServer read(Block block, int portAbove, ValueReader lines) {
    var values = Binder.valuesOf(block, problems);
    for (var child : block.children()) {
      if (child instanceof Statement statement) {
        lines.read(Scope.SERVER, statement, values);
      }
    }
    return new ReadServer(block, values, portAbove);
  }

  private static ServiceKey key(Values values, IpAddress address) {
    var mark = values.get(FWMARK);
    return mark != 0
        ? new ServiceKey.ByMark((int) mark.longValue(), address.family())
        : new ServiceKey.ByAddress(values.get(PROTOCOL), new Endpoint(address, values.get(PORT)));
  }

  private @Nullable Persistence persistence(Values values, IpAddress address, Token header) {
    var timeout = values.get(PERSISTENT);
    var mask = values.given(PMASK);
    if (timeout.isZero()) {
      if (mask != null && !values.isWrong(PERSISTENT)) {
        problems.report(
            ProblemCode.NO_EFFECT,
            values.nameOf(PMASK, header),
            "pmask has no effect without persistent",
            "add persistent = SECONDS, or remove it");
      }
      return null;
    }
    if (mask != null && !mask.fits(address)) {
      problems.report(
          ProblemCode.MIXED_FAMILIES,
          values.at(PMASK, header),
          "the mask does not suit clients of " + address,
          address.isIpv4()
              ? "write a mask such as 255.255.255.0 or /24"
              : "write the length of an IPv6 prefix, such as /64");
    }
    return new Persistence(timeout, mask == null ? address.family().bits() : mask.prefix());
  }

  private @Nullable Endpoint sorryServer(Values values) {
    var sorry = values.given(SORRY_SERVER);
    if (sorry == null) {
      return null;
    }
    return new Endpoint(sorry.address(), sorry.port() >= 0 ? sorry.port() : values.get(PORT));
  }

  private static List<RealServer> serversOf(List<BoundServer> bound) {
    var servers = new ArrayList<RealServer>(bound.size());
    bound.forEach(one -> servers.add(one.server()));
    return servers;
  }

  private static List<UnusedBlock> inactive(List<ReadServer> servers) {
    var inactive = new ArrayList<UnusedBlock>(0);
    for (var server : servers) {
      if (!server.values().get(SERVER_ACTIVE)) {
        inactive.add(server.unused());
      }
    }
    return inactive;
  }

  private List<BoundServer> activeServers(List<ReadServer> servers, Values virtual) {
    var bound = new ArrayList<BoundServer>(servers.size());
    for (var server : servers) {
      var values = server.values();
      if (!values.get(SERVER_ACTIVE)) {
        continue;
      }
      var address = address(server);
      if (address != null) {
        bound.add(
            new BoundServer(realServer(server, address, virtual), values, server.block().header()));
      }
    }
    return bound;
  }

  private void checkAnyActive(Block block, List<ReadServer> servers, Values values) {
    for (var server : servers) {
      if (server.values().get(SERVER_ACTIVE) || server.values().isAnyLost(SERVER_ACTIVE)) {
        return;
      }
    }
    if (!values.isAnyLost(ACTIVE)) {
      problems.report(
          ProblemCode.NO_ACTIVE_SERVER,
          block.header(),
          "no server of " + PrintableText.quoted(block.name()) + " is active",
          "write active = 1 into its server blocks; the default is 0, as with Piranha");
    }
  }

  private @Nullable IpAddress address(ReadServer server) {
    var values = server.values();
    var address = values.given(SERVER_ADDRESS);
    if (address != null && !address.isUnspecified()) {
      return address;
    }
    if (address != null || values.isMissing(SERVER_ADDRESS)) {
      problems.report(
          address == null ? ProblemCode.REQUIRED : ProblemCode.INVALID_ADDRESS,
          values.at(SERVER_ADDRESS, server.block().header()),
          "the server block is active and has no address",
          "add address = ADDRESS, or write active = 0");
    }
    return null;
  }

  private RealServer realServer(ReadServer server, IpAddress address, Values virtual) {
    var values = server.values();
    var port = values.given(SERVER_PORT);
    var method = method(values, virtual);
    var tunnel = tunnel(values, virtual, server.block().header());
    return new RealServer(
        server.block().name(),
        new Endpoint(address, port == null ? server.portAbove() : port),
        values.get(ServerDirectives.WEIGHT).intValue(),
        method,
        values.get(ServerDirectives.UPPER_THRESHOLD).intValue(),
        values.get(ServerDirectives.LOWER_THRESHOLD).intValue(),
        method == ForwardingMethod.TUNNELLING ? tunnel : Tunnel.IPIP);
  }

  private Tunnel tunnel(Values server, Values virtual, Token header) {
    var given = own(ServiceDirectives.TUNNEL_TYPE, server, virtual);
    var type = given == null ? Tunnel.Type.IPIP : given;
    var port = own(ServiceDirectives.TUNNEL_PORT, server, virtual);
    if (type != Tunnel.Type.GUE) {
      if (port != null) {
        var ofVirtual = virtual.nameOf(ServiceDirectives.TUNNEL_PORT, header);
        problems.report(
            ProblemCode.NO_EFFECT,
            server.nameOf(ServiceDirectives.TUNNEL_PORT, ofVirtual),
            "tunnel_port has no effect without tunnel_type = gue",
            "remove it");
      }
      var checksum = checksum(type, server, virtual, header);
      var isPlain = type == Tunnel.Type.IPIP && checksum == Tunnel.Checksum.NONE;
      return isPlain ? Tunnel.IPIP : new Tunnel(type, 0, checksum);
    }
    if (port == null) {
      problems.report(
          ProblemCode.REQUIRED,
          server.at(
              ServiceDirectives.TUNNEL_TYPE, virtual.at(ServiceDirectives.TUNNEL_TYPE, header)),
          "tunnel_type = gue needs tunnel_port",
          "add tunnel_port = PORT, the UDP port that the server listens on");
      return Tunnel.IPIP;
    }
    return new Tunnel(type, port, checksum(type, server, virtual, header));
  }

  private Tunnel.Checksum checksum(Tunnel.Type type, Values server, Values virtual, Token header) {
    var wanted = own(ServiceDirectives.TUNNEL_CHECKSUM, server, virtual);
    if (wanted == null || type.has(wanted)) {
      return wanted == null ? Tunnel.Checksum.NONE : wanted;
    }
    problems.report(
        ProblemCode.INVALID_WORD,
        server.at(
            ServiceDirectives.TUNNEL_CHECKSUM,
            virtual.at(ServiceDirectives.TUNNEL_CHECKSUM, header)),
        "tunnel_type = %s has no such checksum".formatted(type.word()),
        "gre has full, gue has full and remote, ipip has none");
    return Tunnel.Checksum.NONE;
  }

  private static <T> @Nullable T own(Directive<T> directive, Values server, Values virtual) {
    var own = server.given(directive);
    return own != null ? own : virtual.given(directive);
  }

  private ForwardingMethod method(Values server, Values virtual) {
    var own = server.given(ServerDirectives.SERVER_NETWORK);
    var blocks = own != null ? own : virtual.given(ServiceDirectives.VIRTUAL_NETWORK);
    return blocks != null ? blocks : globals.get(GlobalDirectives.NETWORK);
  }
}
