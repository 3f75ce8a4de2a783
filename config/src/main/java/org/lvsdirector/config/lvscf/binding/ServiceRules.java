// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config.lvscf.binding;

import static org.lvsdirector.config.lvscf.catalogue.ServerDirectives.SERVER_ADDRESS;
import static org.lvsdirector.config.lvscf.catalogue.ServerDirectives.SERVER_PORT;
import static org.lvsdirector.config.lvscf.catalogue.ServiceDirectives.PORT;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.CheckSettings.Check;
import org.lvsdirector.config.Endpoint;
import org.lvsdirector.config.ForwardingMethod;
import org.lvsdirector.config.IpAddress;
import org.lvsdirector.config.Protocol;
import org.lvsdirector.config.Quorum;
import org.lvsdirector.config.SchedulerName;
import org.lvsdirector.config.ServiceKey.ByAddress;
import org.lvsdirector.config.VirtualService;
import org.lvsdirector.config.lvscf.binding.BoundService.BoundServer;
import org.lvsdirector.config.lvscf.catalogue.ServerDirectives;
import org.lvsdirector.config.lvscf.catalogue.ServiceDirectives;
import org.lvsdirector.config.lvscf.directive.Directive;
import org.lvsdirector.config.lvscf.directive.Values;
import org.lvsdirector.config.lvscf.syntax.Token;
import org.lvsdirector.config.problem.ProblemCode;
import org.lvsdirector.config.problem.Problems;

/** Looks at one active service as a whole. */
final class ServiceRules {
  private static final Set<SchedulerName> WITH_FLAGS =
      EnumSet.of(SchedulerName.SH, SchedulerName.MH);

  private static final List<Directive<?>> OF_TUNNELS =
      List.of(
          ServiceDirectives.TUNNEL_TYPE,
          ServiceDirectives.TUNNEL_PORT,
          ServiceDirectives.TUNNEL_CHECKSUM);

  private final BoundService bound;
  private final VirtualService service;
  private final Problems problems;

  ServiceRules(BoundService bound, Problems problems) {
    this.bound = bound;
    this.service = bound.service();
    this.problems = problems;
  }

  void check() {
    checkPortZero();
    checkFlags();
    checkOnePacket();
    checkQuorum();
    checkSorryServer();
    Map<Endpoint, BoundServer> seen = new HashMap<>();
    for (var server : bound.servers()) {
      checkTwin(seen.putIfAbsent(server.server().endpoint(), server), server);
      checkReachable(server);
      checkThresholds(server);
    }
    checkTunnels();
    var sorry = service.forwarding().sorryServer();
    if (sorry != null && sorry.address().family() != service.address().address().family()) {
      mixed(bound.values().at(ServiceDirectives.SORRY_SERVER, bound.header()), sorry.address());
    }
  }

  private void checkTunnels() {
    var isAny = false;
    for (var server : bound.servers()) {
      var isTunnelling = server.server().method() == ForwardingMethod.TUNNELLING;
      isAny |= isTunnelling;
      if (!isTunnelling) {
        tellOfTunnels(server.values());
      }
    }
    if (!isAny) {
      tellOfTunnels(bound.values());
    }
  }

  private void tellOfTunnels(Values values) {
    for (var directive : OF_TUNNELS) {
      if (values.isMentioned(directive)) {
        problems.report(
            ProblemCode.NO_EFFECT,
            values.nameOf(directive, bound.header()),
            "'" + directive.word() + "' has no effect without network = tunnel",
            "remove it, or write network = tunnel");
      }
    }
  }

  private void checkPortZero() {
    if (service.key() instanceof ByAddress key
        && key.virtual().port() == 0
        && service.forwarding().persistence() == null) {
      problems.report(
          ProblemCode.PORT_ZERO,
          bound.values().at(PORT, bound.header()),
          "port 0, which is every port, needs persistent",
          "add persistent = SECONDS, or give the port");
    }
    var sorry = service.forwarding().sorryServer();
    if (sorry != null && sorry.port() == 0) {
      problems.report(
          ProblemCode.PORT_ZERO,
          bound.values().at(ServiceDirectives.SORRY_SERVER, bound.header()),
          "the sorry server has no port",
          "write it behind the address: ADDRESS:PORT");
    }
  }

  private void checkFlags() {
    if (!service.forwarding().schedulerFlags().isEmpty()
        && !WITH_FLAGS.contains(service.forwarding().scheduler())) {
      problems.report(
          ProblemCode.NO_EFFECT,
          bound.values().nameOf(ServiceDirectives.SCHEDULER_FLAGS, bound.header()),
          "scheduler_flags have no effect on " + service.forwarding().scheduler().word(),
          "they are for sh and mh");
    }
  }

  private void checkOnePacket() {
    if (service.forwarding().isOnePacket()
        && service.key() instanceof ByAddress key
        && key.protocol() != Protocol.UDP) {
      problems.report(
          ProblemCode.ONE_PACKET,
          bound.values().at(ServiceDirectives.ONE_PACKET, bound.header()),
          "a " + key.protocol() + " service has connections, whose packets belong together",
          "one_packet is for protocol = udp");
    }
  }

  private void checkQuorum() {
    var quorum = service.monitoring().quorum();
    var sum = 0L;
    for (var server : service.servers()) {
      sum += server.weight();
    }
    if (!service.servers().isEmpty() && sum == 0) {
      problems.report(
          ProblemCode.NO_ACTIVE_SERVER,
          bound.header(),
          "every active server has weight 0, so none gets a connection",
          "give at least one of them a weight");
      return;
    }
    if (quorum.hysteresis() >= quorum.weight()) {
      problems.report(
          ProblemCode.QUORUM,
          bound.values().at(ServiceDirectives.HYSTERESIS, bound.header()),
          "hysteresis "
              + quorum.hysteresis()
              + " is not below the quorum of "
              + quorum.weight()
              + ", which could never be lost",
          bound.values().isMentioned(ServiceDirectives.QUORUM)
              ? "use a hysteresis below the quorum, or a larger quorum"
              : "give a quorum that is larger than the hysteresis: quorum = "
                  + (quorum.hysteresis() + 1L));
      return;
    }
    checkQuorumIsTold(quorum);
    var needed = (long) quorum.weight() + quorum.hysteresis();
    if (needed > sum && !service.servers().isEmpty() && !quorum.equals(Quorum.ONE)) {
      problems.report(
          ProblemCode.QUORUM,
          bound.values().at(ServiceDirectives.QUORUM, bound.header()),
          "the quorum needs a weight of " + needed + ", and all servers together have " + sum,
          quorum.hysteresis() == 0
              ? "use a quorum of at most " + sum
              : "quorum and hysteresis together are at most " + sum);
    }
  }

  /** All that a quorum does is to be told to the service's program. */
  private void checkQuorumIsTold(Quorum quorum) {
    if (service.monitoring().notifyCommand() == null && !quorum.equals(Quorum.ONE)) {
      problems.report(
          ProblemCode.NO_EFFECT,
          bound.values().nameOf(ServiceDirectives.QUORUM, bound.header()),
          "quorum has no effect without a notify in the block, which is told of it",
          "add notify = \"/path/to/program\", or remove it");
    }
  }

  private void checkSorryServer() {
    var sorry = service.forwarding().sorryServer();
    if (!(service.key() instanceof ByAddress key) || sorry == null) {
      return;
    }
    checkSorryPort(sorry, key);
    if (key.virtual().equals(sorry)) {
      problems.report(
          ProblemCode.SELF_FORWARDING,
          bound.values().at(ServiceDirectives.SORRY_SERVER, bound.header()),
          key.virtual() + " is the virtual service itself",
          "give the address of another machine, or another port");
    }
  }

  /** The sorry server is reached like the first server. */
  private void checkSorryPort(Endpoint sorry, ByAddress key) {
    var servers = service.servers();
    if (servers.isEmpty() || servers.getFirst().method() == ForwardingMethod.NAT) {
      return;
    }
    if (key.virtual().port() != 0 && sorry.port() != 0 && sorry.port() != key.virtual().port()) {
      problems.report(
          ProblemCode.PORT_MISMATCH,
          bound.values().at(ServiceDirectives.SORRY_SERVER, bound.header()),
          "the sorry server has port "
              + sorry.port()
              + ", the virtual has "
              + key.virtual().port()
              + ", and only network = nat can change it",
          "use the same port, or network = nat");
    }
  }

  private void checkTwin(@Nullable BoundServer twin, BoundServer server) {
    if (twin != null) {
      problems.report(
          ProblemCode.DUPLICATE_SERVER,
          server.header(),
          server.server().endpoint()
              + " is the server of "
              + twin.header().lineSeenFrom(server.header())
              + " again",
          "remove one of them, or give it another port");
    }
  }

  private void checkReachable(BoundServer bound) {
    var server = bound.server();
    var endpoint = server.endpoint();
    var virtual = service.address().address();
    var at = bound.values().at(SERVER_ADDRESS, bound.header());
    if (endpoint.address().family() != virtual.family()
        && server.method() != ForwardingMethod.TUNNELLING) {
      mixed(at, endpoint.address());
    }
    var isTold = service.key() instanceof ByAddress && service.forwarding().persistence() == null;
    if (endpoint.port() == 0 && needsPort() && !isTold) {
      problems.report(
          ProblemCode.PORT_ZERO,
          bound.header(),
          "the server has no port that could be checked",
          "add port = PORT to it, or check = none to the virtual");
    }
    if (service.key() instanceof ByAddress key) {
      checkPorts(bound, key);
    }
  }

  private boolean needsPort() {
    var isEveryPort = !(service.key() instanceof ByAddress key) || key.virtual().port() == 0;
    return !isEveryPort || !(service.check().check() instanceof Check.None);
  }

  private void checkPorts(BoundServer bound, ByAddress key) {
    var server = bound.server();
    if (server.endpoint().equals(key.virtual())) {
      problems.report(
          ProblemCode.SELF_FORWARDING,
          bound.values().at(SERVER_ADDRESS, bound.header()),
          key.virtual() + " is the virtual service itself",
          "give the server's own address");
    } else if (server.method() != ForwardingMethod.NAT
        && key.virtual().port() != 0
        && server.endpoint().port() != key.virtual().port()) {
      problems.report(
          ProblemCode.PORT_MISMATCH,
          bound.values().at(SERVER_PORT, bound.header()),
          "the server has port "
              + server.endpoint().port()
              + ", the virtual has "
              + key.virtual().port()
              + ", and only network = nat can change it",
          "use the same port, or network = nat; with Piranha this stopped the whole service");
    }
  }

  private void mixed(Token at, IpAddress address) {
    problems.report(
        ProblemCode.MIXED_FAMILIES,
        at,
        address + " is of another family than " + service.address().address(),
        "use one family in a virtual block, or network = tunnel");
  }

  private void checkThresholds(BoundServer bound) {
    var server = bound.server();
    if (server.lowerThreshold() > server.upperThreshold()) {
      problems.report(
          ProblemCode.THRESHOLDS,
          bound.values().at(ServerDirectives.LOWER_THRESHOLD, bound.header()),
          "lower_threshold is above upper_threshold",
          "give an upper_threshold that is larger");
    }
  }
}
