// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config.lvscf.binding;

import static org.lvsdirector.config.lvscf.catalogue.GlobalDirectives.SERVICE_KIND;
import static org.lvsdirector.config.lvscf.catalogue.ServiceDirectives.ADDRESS;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.ForwardingMethod;
import org.lvsdirector.config.GlobalSettings;
import org.lvsdirector.config.IpAddress;
import org.lvsdirector.config.Pair;
import org.lvsdirector.config.ServiceKey;
import org.lvsdirector.config.VirtualService.VirtualAddress;
import org.lvsdirector.config.lvscf.binding.BoundService.Served;
import org.lvsdirector.config.lvscf.catalogue.GlobalDirectives;
import org.lvsdirector.config.lvscf.catalogue.ServiceDirectives;
import org.lvsdirector.config.lvscf.catalogue.ServiceKind;
import org.lvsdirector.config.lvscf.directive.Values;
import org.lvsdirector.config.lvscf.syntax.Token;
import org.lvsdirector.config.problem.PrintableText;
import org.lvsdirector.config.problem.ProblemCode;
import org.lvsdirector.config.problem.Problems;

/** Looks at everything that lvs.cf says together. */
final class CrossBlockRules {
  private final Origins origins;
  private final Values globals;
  private final GlobalSettings global;
  private final Problems problems;

  CrossBlockRules(Origins origins, GlobalSettings global, Problems problems) {
    this.origins = origins;
    this.globals = origins.globals();
    this.global = global;
    this.problems = problems;
  }

  /** An address that the active director holds, and what to point at for it. */
  private record Held(VirtualAddress address, Token at) {}

  /**
   * Tells what does not fit together.
   *
   * @return the virtual services that count, those with one firewall mark made one
   */
  List<Served> check(@Nullable Pair pair) {
    var isFos = globals.get(SERVICE_KIND) == ServiceKind.FOS;
    var held = isFos ? heldByFailovers() : heldByServices();
    checkNatRouter(origins.services());
    checkAddresses(held);
    if (pair != null) {
      checkDirectors(pair, held);
      checkPingTargets(pair, held);
    }
    var services = distinct(origins.services());
    checkOverlaps();
    checkKind(isFos, services);
    return isFos ? List.of() : services;
  }

  private List<Held> heldByServices() {
    var held = new ArrayList<Held>(origins.services().size());
    for (var one : origins.services()) {
      held.add(new Held(one.service().address(), one.values().at(ADDRESS, one.header())));
    }
    return held;
  }

  private List<Held> heldByFailovers() {
    return origins.failovers().stream()
        .map(one -> new Held(one.service().address(), one.values().at(ADDRESS, one.header())))
        .toList();
  }

  private void checkKind(boolean isFos, List<Served> services) {
    var at = globals.at(SERVICE_KIND, Token.NOWHERE);
    if (isFos) {
      if (origins.failovers().isEmpty() && !problems.hasError()) {
        problems.report(
            ProblemCode.WRONG_SERVICE_KIND,
            at,
            "service is fos, but no failover block is active",
            "write service = lvs for virtual blocks");
      }
      return;
    }
    if (services.isEmpty() && !origins.failovers().isEmpty() && !problems.hasError()) {
      problems.report(
          ProblemCode.WRONG_SERVICE_KIND,
          origins.failovers().getFirst().header(),
          "failover blocks count only with service = fos, and no virtual block is active",
          "write service = fos, or activate a virtual block");
    } else if (services.isEmpty() && !problems.hasError()) {
      problems.report(
          ProblemCode.NO_ACTIVE_SERVICE,
          "no virtual block is active",
          "there is nothing to forward; Piranha did not start with such a file");
    }
    for (var unused :
        services.isEmpty() ? List.<FailoverBinder.BoundFailover>of() : origins.failovers()) {
      problems.report(
          ProblemCode.NO_EFFECT,
          unused.header(),
          "failover blocks have no effect with service = lvs",
          "it was so with Piranha; write active = 0, or remove the block");
    }
  }

  /** A port of its own goes before every port, which only looks like a conflict. */
  private void checkOverlaps() {
    Map<IpAddress, BoundService> everyPort = new HashMap<>();
    for (var one : origins.services()) {
      if (one.service().key() instanceof ServiceKey.ByAddress key && key.virtual().port() == 0) {
        everyPort.putIfAbsent(key.virtual().address(), one);
      }
    }
    for (var one : everyPort.isEmpty() ? List.<BoundService>of() : origins.services()) {
      if (one.service().key() instanceof ServiceKey.ByAddress key && key.virtual().port() != 0) {
        var wide = everyPort.get(key.virtual().address());
        if (wide != null
            && wide.service().key() instanceof ServiceKey.ByAddress every
            && every.protocol() == key.protocol()) {
          problems.report(
              ProblemCode.OVERLAP,
              one.header(),
              wide.header().lineSeenFrom(one.header())
                  + " serves every port of this address; port "
                  + key.virtual().port()
                  + " is served here",
              "that works; remove one of them if it is not meant");
        }
      }
    }
  }

  private void checkPingTargets(Pair pair, List<Held> held) {
    var arbitration = pair.arbitration();
    var witness = arbitration.witness();
    for (var one : held) {
      if (arbitration.pingTargets().contains(one.address().address())) {
        problems.report(
            ProblemCode.PING_TARGET,
            globals.at(GlobalDirectives.PING_TARGET, Token.NOWHERE),
            one.address().address()
                + " is a virtual address, which the active director answers for",
            "ping what both directors reach by the network: the gateway, a switch");
      }
      if (witness != null && witness.address().equals(one.address().address())) {
        problems.report(
            ProblemCode.WITNESS,
            globals.at(GlobalDirectives.WITNESS, Token.NOWHERE),
            witness.address() + " is a virtual address, which the active director answers for",
            "the witness is a third machine, or there is none");
      }
    }
  }

  private void checkNatRouter(List<BoundService> bound) {
    if (globals.given(GlobalDirectives.NAT_ROUTER) == null || bound.isEmpty()) {
      return;
    }
    var usesNat =
        bound.stream()
            .flatMap(service -> service.service().servers().stream())
            .anyMatch(server -> server.method() == ForwardingMethod.NAT);
    if (!usesNat) {
      problems.report(
          ProblemCode.NO_EFFECT,
          globals.nameOf(GlobalDirectives.NAT_ROUTER, Token.NOWHERE),
          "nat_router is held, but no server is reached by NAT",
          "remove it if the servers do not use it as gateway");
    }
  }

  private List<Served> distinct(List<BoundService> bound) {
    var byKey = new LinkedHashMap<ServiceKey, Served>();
    for (var one : bound) {
      var key = one.service().key();
      var earlier = byKey.putIfAbsent(key, Served.of(one));
      if (earlier == null) {
        continue;
      }
      var header = earlier.first().header();
      switch (key) {
        case ServiceKey.ByAddress _ -> twin(one, header);
        case ServiceKey.ByMark _ -> {
          sharedMark(one, header);
          byKey.put(key, earlier.with(one));
        }
      }
    }
    return new ArrayList<>(byKey.values());
  }

  private void twin(BoundService one, Token first) {
    problems.report(
        ProblemCode.DUPLICATE_SERVICE,
        one.header(),
        one.service().key() + " is served by " + first.lineSeenFrom(one.header()) + " already",
        "put the servers into one block, or use another address or port");
  }

  private void sharedMark(BoundService one, Token first) {
    problems.report(
        ProblemCode.SHARED_MARK,
        one.values().at(ServiceDirectives.FWMARK, one.header()),
        first.lineSeenFrom(one.header())
            + " has the same firewall mark: its servers, checks and settings count for both",
        "only the address of this block is used; it was so with Piranha too");
  }

  private void checkAddresses(List<Held> held) {
    Map<IpAddress, VirtualAddress> byAddress = new HashMap<>();
    Map<String, VirtualAddress> byLabel = new HashMap<>();
    var router = global.natRouter();
    if (router != null) {
      byAddress.put(router.address(), router);
      byLabel.put(router.label(), router);
    }
    for (var one : held) {
      var address = one.address();
      var same = byAddress.putIfAbsent(address.address(), address);
      if (same != null && !isSame(same, address)) {
        problems.report(
            ProblemCode.ADDRESS_DISAGREES,
            one.at(),
            address.address() + " has another device or mask than above; that one counts",
            "write the same for both: "
                + same.address()
                + " "
                + PrintableText.quoted(same.label())
                + " with a mask of /"
                + same.prefix());
      }
      // IPv6 addresses have no alias labels.
      var isAlias = address.label().contains(":") && address.address().isIpv4();
      var other = isAlias ? byLabel.putIfAbsent(address.label(), address) : null;
      if (other != null && !other.address().equals(address.address())) {
        problems.report(
            ProblemCode.SHARED_LABEL,
            one.at(),
            PrintableText.quoted(address.label()) + " carries " + other.address() + " already",
            "give each address an alias of its own, such as " + address.device() + ":2");
      }
    }
  }

  private static boolean isSame(VirtualAddress one, VirtualAddress other) {
    return one.address().isIpv4()
        ? one.equals(other)
        : one.prefix() == other.prefix() && one.device().equals(other.device());
  }

  private void checkDirectors(Pair pair, List<Held> held) {
    var own = new HashMap<IpAddress, String>();
    for (var link : pair.links()) {
      own.put(link.primary(), "primary");
      own.put(link.backup(), "backup");
    }
    var all = new ArrayList<>(held);
    var router = global.natRouter();
    if (router != null) {
      all.add(new Held(router, globals.at(GlobalDirectives.NAT_ROUTER, Token.NOWHERE)));
    }
    for (var one : all) {
      var director = own.get(one.address().address());
      if (director != null) {
        problems.report(
            ProblemCode.VIRTUAL_IS_DIRECTOR,
            one.at(),
            one.address().address() + " belongs to the " + director + " director",
            "an address that moves between the directors must be one that neither has");
      }
    }
  }
}
