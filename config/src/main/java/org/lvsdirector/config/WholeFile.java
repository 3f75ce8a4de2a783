package org.lvsdirector.config;

import static org.lvsdirector.config.Catalogue.ADDRESS;
import static org.lvsdirector.config.Catalogue.SERVICE_KIND;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.Catalogue.ServiceKind;
import org.lvsdirector.config.Node.Block;
import org.lvsdirector.config.VirtualService.VirtualAddress;

/** Looks at everything that lvs.cf says together. */
final class WholeFile {
  private final Values globals;
  private final List<Block> blocks;
  private final Problems problems;

  WholeFile(Values globals, List<Block> blocks, Problems problems) {
    this.globals = globals;
    this.blocks = blocks;
    this.problems = problems;
  }

  /**
   * Tells what does not fit together.
   *
   * @return the services that count, those with one firewall mark made one
   */
  List<VirtualService> check(@Nullable Pair pair, List<BoundService> bound) {
    checkNatRouter(bound);
    checkAddresses(bound);
    if (pair != null) {
      checkDirectors(pair, bound);
    }
    var services = distinct(bound);
    if (globals.get(SERVICE_KIND) == ServiceKind.FOS) {
      checkFailover();
      return List.of();
    }
    if (services.isEmpty() && !problems.hasError()) {
      problems.report(
          ProblemCode.NO_ACTIVE_SERVICE,
          "no virtual block is active",
          "there is nothing to forward; Piranha did not start with such a file");
    }
    return services;
  }

  private void checkFailover() {
    var hasFailover = blocks.stream().anyMatch(block -> block.scope() == Scope.FAILOVER);
    if (hasFailover) {
      problems.report(
          ProblemCode.NOT_ACTED_ON,
          globals.at(SERVICE_KIND, Token.NOWHERE),
          "failover services have no effect in this version, and virtual blocks are not used",
          "write service = lvs for the virtual blocks");
    } else {
      problems.report(
          ProblemCode.WRONG_SERVICE_KIND,
          globals.at(SERVICE_KIND, Token.NOWHERE),
          "service is fos, but there is no failover block",
          "write service = lvs for virtual blocks");
    }
  }

  private void checkNatRouter(List<BoundService> bound) {
    var usesNat =
        bound.stream()
            .flatMap(service -> service.service().servers().stream())
            .anyMatch(server -> server.method() == ForwardingMethod.NAT);
    if (globals.given(Catalogue.NAT_ROUTER) != null && !bound.isEmpty() && !usesNat) {
      problems.report(
          ProblemCode.NO_EFFECT,
          globals.nameOf(Catalogue.NAT_ROUTER, Token.NOWHERE),
          "nat_router is held, but no server is reached by NAT",
          "remove it if the servers do not use it as gateway");
    }
  }

  private List<VirtualService> distinct(List<BoundService> bound) {
    var byKey = new LinkedHashMap<ServiceKey, VirtualService>();
    Map<ServiceKey, Token> headers = new HashMap<>();
    for (var one : bound) {
      var service = one.service();
      var first = byKey.putIfAbsent(service.key(), service);
      if (first == null) {
        headers.put(service.key(), one.header());
        continue;
      }
      var header = headers.getOrDefault(service.key(), Token.NOWHERE);
      switch (service.key()) {
        case ServiceKey.ByAddress _ -> twin(one, header);
        case ServiceKey.ByMark _ -> {
          sharedMark(one, header);
          byKey.put(service.key(), first.withMore(service.address()));
        }
      }
    }
    return new ArrayList<>(byKey.values());
  }

  private void twin(BoundService one, Token first) {
    problems.report(
        ProblemCode.DUPLICATE_SERVICE,
        one.header(),
        one.service().key() + " is served by line " + first.line().number() + " already",
        "put the servers into one block, or use another address or port");
  }

  private void sharedMark(BoundService one, Token first) {
    problems.report(
        ProblemCode.SHARED_MARK,
        one.values().at(Catalogue.FWMARK, one.header()),
        "line "
            + first.line().number()
            + " has the same firewall mark: its servers, checks and settings count for both",
        "only the address of this block is used; it was so with Piranha too");
  }

  private void checkAddresses(List<BoundService> bound) {
    Map<IpAddress, VirtualAddress> byAddress = new HashMap<>();
    Map<String, VirtualAddress> byLabel = new HashMap<>();
    for (var one : bound) {
      var address = one.service().address();
      var at = one.values().at(ADDRESS, one.header());
      var same = byAddress.putIfAbsent(address.address(), address);
      if (same != null && !same.equals(address)) {
        problems.report(
            ProblemCode.ADDRESS_DISAGREES,
            at,
            address.address() + " has another device or mask than above; that one counts",
            "write the same for both: "
                + same.address()
                + " "
                + Shown.quoted(same.label())
                + " with a mask of /"
                + same.prefix());
      }
      var other = byLabel.putIfAbsent(address.label(), address);
      var isAlias = address.label().contains(":");
      if (other != null && isAlias && !other.address().equals(address.address())) {
        problems.report(
            ProblemCode.SHARED_LABEL,
            at,
            Shown.quoted(address.label()) + " carries " + other.address() + " already",
            "give each address an alias of its own, such as " + address.device() + ":2");
      }
    }
  }

  private void checkDirectors(Pair pair, List<BoundService> bound) {
    var own = new HashMap<IpAddress, String>();
    for (var link : pair.links()) {
      own.put(link.primary(), "primary");
      own.put(link.backup(), "backup");
    }
    for (var one : bound) {
      var director = own.get(one.service().address().address());
      if (director != null) {
        problems.report(
            ProblemCode.VIRTUAL_IS_DIRECTOR,
            one.values().at(ADDRESS, one.header()),
            one.service().address().address() + " belongs to the " + director + " director",
            "a virtual address moves between the directors: use one that neither has");
      }
    }
  }
}
