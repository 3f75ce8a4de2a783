// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config.lvscf.binding;

import static org.lvsdirector.config.lvscf.catalogue.GlobalDirectives.BACKUP;
import static org.lvsdirector.config.lvscf.catalogue.GlobalDirectives.BACKUP_ACTIVE;
import static org.lvsdirector.config.lvscf.catalogue.GlobalDirectives.BACKUP_PRIVATE;
import static org.lvsdirector.config.lvscf.catalogue.GlobalDirectives.DEADTIME;
import static org.lvsdirector.config.lvscf.catalogue.GlobalDirectives.FAILBACK;
import static org.lvsdirector.config.lvscf.catalogue.GlobalDirectives.HEARTBEAT_PORT;
import static org.lvsdirector.config.lvscf.catalogue.GlobalDirectives.KEEPALIVE;
import static org.lvsdirector.config.lvscf.catalogue.GlobalDirectives.NAT_NMASK;
import static org.lvsdirector.config.lvscf.catalogue.GlobalDirectives.NAT_ROUTER;
import static org.lvsdirector.config.lvscf.catalogue.GlobalDirectives.PING_TARGET;
import static org.lvsdirector.config.lvscf.catalogue.GlobalDirectives.PRIMARY;
import static org.lvsdirector.config.lvscf.catalogue.GlobalDirectives.PRIMARY_PRIVATE;
import static org.lvsdirector.config.lvscf.catalogue.GlobalDirectives.WITNESS;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.Arbitration;
import org.lvsdirector.config.Commands;
import org.lvsdirector.config.ConnectionSync;
import org.lvsdirector.config.Endpoint;
import org.lvsdirector.config.Failback;
import org.lvsdirector.config.GlobalSettings;
import org.lvsdirector.config.IpAddress;
import org.lvsdirector.config.Pair;
import org.lvsdirector.config.Pair.Link;
import org.lvsdirector.config.lvscf.catalogue.GlobalDirectives;
import org.lvsdirector.config.lvscf.directive.Directive;
import org.lvsdirector.config.lvscf.directive.DurationText;
import org.lvsdirector.config.lvscf.directive.Numbers;
import org.lvsdirector.config.lvscf.directive.Values;
import org.lvsdirector.config.lvscf.syntax.Token;
import org.lvsdirector.config.problem.PrintableText;
import org.lvsdirector.config.problem.Problem.Severity;
import org.lvsdirector.config.problem.ProblemCode;
import org.lvsdirector.config.problem.Problems;

/** Makes the pair and the global settings from the statements at top level. */
final class GlobalBinder {
  /** What holds when neither is given; Piranha's own when only one of the two is. */
  static final Duration DEFAULT_KEEPALIVE = Duration.ofMillis(100);

  static final Duration DEFAULT_DEADTIME = Duration.ofMillis(750);
  private static final Duration PIRANHA_KEEPALIVE = Duration.ofSeconds(2);
  private static final Duration PIRANHA_DEADTIME = Duration.ofSeconds(5);
  private final Values values;
  private final Problems problems;

  GlobalBinder(Values values, Problems problems) {
    this.values = values;
    this.problems = problems;
  }

  /**
   * The pair; null without an address of the primary.
   *
   * @param more the links of link blocks
   */
  @Nullable Pair pair(List<Link> more) {
    var primary = values.given(PRIMARY);
    var backup = backup();
    var isPaired = isPaired(backup);
    var links = new ArrayList<Link>();
    if (primary != null) {
      links.addAll(links(primary, backup, isPaired));
    }
    links.addAll(more);
    if (!isPaired) {
      forgetTimesThatWouldNotDo();
    }
    var keepalive = values.given(KEEPALIVE);
    var deadtime = values.given(DEADTIME);
    var isNeither = !values.isMentioned(KEEPALIVE) && !values.isMentioned(DEADTIME);
    if (keepalive == null) {
      keepalive = isNeither ? DEFAULT_KEEPALIVE : PIRANHA_KEEPALIVE;
    }
    if (deadtime == null) {
      deadtime = isNeither ? DEFAULT_DEADTIME : PIRANHA_DEADTIME;
    }
    checkTimes(keepalive, deadtime);
    if (isPaired) {
      checkRoom(keepalive, deadtime);
    }
    if (primary == null) {
      if (values.isMissing(PRIMARY)) {
        problems.report(
            ProblemCode.REQUIRED,
            "the address of the primary director is not given",
            "write primary = ADDRESS at top level");
      }
      return null;
    }
    var arbitration = arbitration(links);
    if (!isPaired) {
      tellOfPairSettings(more);
    }
    return new Pair(isPaired, links, values.get(HEARTBEAT_PORT), keepalive, deadtime, arbitration);
  }

  /** What needs a partner. Times, ports and addresses stand in every file of Piranha. */
  private void tellOfPairSettings(List<Link> more) {
    if (problems.hasError()) {
      return;
    }
    for (var directive : List.of(PING_TARGET, WITNESS, FAILBACK)) {
      if (values.given(directive) != null && values.given(directive) != Failback.NONE) {
        problems.note(
            ProblemCode.NO_EFFECT,
            values.nameOf(directive, Token.NOWHERE),
            "'" + directive.word() + "' has no effect without a backup director",
            "write backup = ADDRESS and backup_active = 1, or remove it");
      }
    }
    if (Boolean.TRUE.equals(values.given(GlobalDirectives.SYNCDAEMON))) {
      problems.note(
          ProblemCode.NO_EFFECT,
          values.nameOf(GlobalDirectives.SYNCDAEMON, Token.NOWHERE),
          "'syncdaemon', with syncd_iface and syncd_id, has no effect without a backup director",
          "connections are synchronized to a backup");
    }
    for (var link : more) {
      problems.note(
          ProblemCode.NO_EFFECT,
          values.at(PRIMARY, Token.NOWHERE),
          "the link "
              + PrintableText.quoted(link.name())
              + " has no effect without a backup director",
          "write backup = ADDRESS and backup_active = 1, or remove the block");
    }
  }

  private Arbitration arbitration(List<Link> links) {
    var targets = Objects.requireNonNullElse(values.given(PING_TARGET), List.<IpAddress>of());
    for (var target : targets) {
      if (isNobodyElse(target, links)) {
        problems.report(
            ProblemCode.PING_TARGET,
            values.at(PING_TARGET, Token.NOWHERE),
            target + " is a director itself, or nobody",
            "ping what both directors reach by the network: the gateway, a switch");
      }
    }
    var witness = values.given(WITNESS);
    if (witness != null && isNobodyElse(witness.address(), links)) {
      problems.report(
          ProblemCode.WITNESS,
          values.at(WITNESS, Token.NOWHERE),
          witness.address() + " is a director itself, or nobody",
          "the witness is a third machine, or there is none");
    }
    return new Arbitration(
        targets,
        witness == null
            ? null
            : new Endpoint(
                witness.address(),
                witness.port() >= 0 ? witness.port() : values.get(HEARTBEAT_PORT)),
        values.get(FAILBACK));
  }

  /** Directors on the loopback are a rehearsal on one machine, where anything may be. */
  private static boolean isNobodyElse(IpAddress address, List<Link> links) {
    var isEnd =
        links.stream()
            .anyMatch(link -> link.primary().equals(address) || link.backup().equals(address));
    var isRehearsal = links.stream().anyMatch(link -> link.primary().isLoopback());
    return isEnd || address.isUnspecified() || address.isLoopback() && !isRehearsal;
  }

  private @Nullable IpAddress backup() {
    var backup = values.given(BACKUP);
    return backup == null || backup.isUnspecified() ? null : backup;
  }

  private boolean isPaired(@Nullable IpAddress backup) {
    if (!values.get(BACKUP_ACTIVE)) {
      return false;
    }
    if (backup == null && (values.given(BACKUP) != null || values.isMissing(BACKUP))) {
      problems.report(
          ProblemCode.BACKUP_IGNORED,
          values.nameOf(BACKUP_ACTIVE, Token.NOWHERE),
          "backup_active is 1, but no backup director is given",
          "write backup = ADDRESS, or backup_active = 0");
    }
    return backup != null;
  }

  private List<Link> links(IpAddress primary, @Nullable IpAddress backup, boolean isPaired) {
    var other = backup != null ? backup : new IpAddress(primary.family(), 0, 0);
    var links = new ArrayList<Link>();
    links.add(link("public", primary, other, BACKUP));
    if (primary.equals(backup)) {
      problems.report(
          ProblemCode.SAME_DIRECTOR,
          values.at(BACKUP, Token.NOWHERE),
          "primary and backup have the same address",
          "each director has its own");
    }
    var privateLink = privateLink(primary, other, isPaired);
    if (privateLink != null) {
      links.add(privateLink);
    }
    return links;
  }

  private Link link(String name, IpAddress primary, IpAddress backup, Directive<?> at) {
    if (primary.family() != backup.family()) {
      problems.report(
          ProblemCode.MIXED_FAMILIES,
          values.at(at, Token.NOWHERE),
          "the two ends of the " + name + " link are of different families",
          "give both as IPv4 or both as IPv6");
    }
    return new Link(name, primary, backup);
  }

  private @Nullable Link privateLink(IpAddress primary, IpAddress backup, boolean isPaired) {
    var primaryEnd = values.given(PRIMARY_PRIVATE);
    var backupEnd = values.given(BACKUP_PRIVATE);
    if (primaryEnd == null || backupEnd == null) {
      tellOfMissingEnd(isPaired);
      return null;
    }
    if (primaryEnd.equals(primary) && backupEnd.equals(backup)) {
      problems.note(
          ProblemCode.PRIVATE_LINK_IGNORED,
          values.at(PRIMARY_PRIVATE, Token.NOWHERE),
          "the private link is the public one again, so there is one link",
          "give both directors an address on another network");
      return null;
    }
    if (primaryEnd.equals(primary) || backupEnd.equals(backup)) {
      problems.report(
          ProblemCode.PRIVATE_LINK_IGNORED,
          values.at(primaryEnd.equals(primary) ? PRIMARY_PRIVATE : BACKUP_PRIVATE, Token.NOWHERE),
          "one end of the private link is a public address, so the link is not used",
          "give both directors an address on the private network");
      return null;
    }
    return link("private", primaryEnd, backupEnd, BACKUP_PRIVATE);
  }

  private void tellOfMissingEnd(boolean isPaired) {
    if (values.isMentioned(PRIMARY_PRIVATE) && values.isMissing(BACKUP_PRIVATE) && isPaired) {
      problems.report(
          ProblemCode.LINK_INCOMPLETE,
          values.nameOf(PRIMARY_PRIVATE, Token.NOWHERE),
          "primary_private is given, backup_private is not",
          "add backup_private = ADDRESS; with Piranha such a backup did not start");
    }
    if (values.isMentioned(BACKUP_PRIVATE) && values.isMissing(PRIMARY_PRIVATE)) {
      problems.report(
          ProblemCode.PRIVATE_LINK_IGNORED,
          values.nameOf(BACKUP_PRIVATE, Token.NOWHERE),
          "backup_private has no effect without primary_private",
          "add primary_private = ADDRESS; Piranha ignored it as well");
    }
  }

  private void checkTimes(Duration keepalive, Duration deadtime) {
    if (values.isWrong(KEEPALIVE) || values.isWrong(DEADTIME)) {
      return;
    }
    var at = values.at(DEADTIME, values.at(KEEPALIVE, Token.NOWHERE));
    if (deadtime.compareTo(keepalive) <= 0) {
      problems.report(
          ProblemCode.DEADTIME_TOO_SHORT,
          at,
          "deadtime "
              + DurationText.format(deadtime)
              + " is not longer than keepalive "
              + DurationText.format(keepalive),
          "the partner would be dead before each heartbeat; try deadtime = "
              + DurationText.formatBare(keepalive.multipliedBy(15).dividedBy(2)));
    } else if (deadtime.toNanos() % keepalive.toNanos() == 0) {
      tellOfMultiple(at, keepalive, deadtime);
    }
  }

  /** Between two heartbeats of which the one between is lost there are two keepalives. */
  private void checkRoom(Duration keepalive, Duration deadtime) {
    if (deadtime.compareTo(keepalive) > 0
        && deadtime.compareTo(keepalive.multipliedBy(2)) < 0
        && !values.isWrong(KEEPALIVE)
        && !values.isWrong(DEADTIME)) {
      problems.report(
          ProblemCode.NO_LOSS_SURVIVED,
          values.at(DEADTIME, values.at(KEEPALIVE, Token.NOWHERE)),
          "deadtime "
              + DurationText.format(deadtime)
              + " is less than two keepalives of "
              + DurationText.format(keepalive)
              + ": one lost heartbeat makes both directors active",
          "try deadtime = " + DurationText.formatBare(keepalive.multipliedBy(7).dividedBy(2)));
    }
  }

  /** One director alone sends no heartbeats, so times that do not go together need not stop it. */
  private void forgetTimesThatWouldNotDo() {
    var keepalive = Objects.requireNonNullElse(values.given(KEEPALIVE), PIRANHA_KEEPALIVE);
    var deadtime = Objects.requireNonNullElse(values.given(DEADTIME), PIRANHA_DEADTIME);
    var isAny = values.given(KEEPALIVE) != null || values.given(DEADTIME) != null;
    if (!isAny || deadtime.compareTo(keepalive) > 0) {
      return;
    }
    problems.report(
        Severity.WARNING,
        ProblemCode.DEADTIME_TOO_SHORT,
        values.at(DEADTIME, values.at(KEEPALIVE, Token.NOWHERE)),
        "deadtime "
            + DurationText.format(deadtime)
            + " is not longer than keepalive "
            + DurationText.format(keepalive),
        "without a backup neither counts, so the defaults hold; with one this is an error");
    values.forget(KEEPALIVE);
    values.forget(DEADTIME);
  }

  /** Piranha counted whole seconds, so its files could hardly say anything else. */
  private void tellOfMultiple(Token at, Duration keepalive, Duration deadtime) {
    var message =
        "deadtime "
            + DurationText.format(deadtime)
            + " is a whole multiple of keepalive "
            + DurationText.format(keepalive);
    var advice =
        "a heartbeat then races with the verdict; try deadtime = "
            + DurationText.formatBare(deadtime.plus(keepalive.dividedBy(2)));
    if (isBareSeconds(KEEPALIVE) && isBareSeconds(DEADTIME)) {
      problems.note(ProblemCode.DEADTIME_MULTIPLE, at, message, advice);
    } else {
      problems.report(ProblemCode.DEADTIME_MULTIPLE, at, message, advice);
    }
  }

  private boolean isBareSeconds(Directive<Duration> directive) {
    return !values.isMentioned(directive)
        || Numbers.read(values.at(directive, Token.NOWHERE).text()) != null;
  }

  /** The other global settings. */
  GlobalSettings settings() {
    var router = values.given(NAT_ROUTER);
    if (router == null && values.isMentioned(NAT_NMASK) && !values.isMentioned(NAT_ROUTER)) {
      problems.report(
          ProblemCode.NO_EFFECT,
          values.nameOf(NAT_NMASK, Token.NOWHERE),
          "nat_nmask has no effect without nat_router",
          "remove it");
    }
    return new GlobalSettings(
        router == null ? null : AddressBinder.bind(router, NAT_NMASK, values, problems),
        seconds(GlobalDirectives.TCP_TIMEOUT),
        seconds(GlobalDirectives.TCPFIN_TIMEOUT),
        seconds(GlobalDirectives.UDP_TIMEOUT),
        Boolean.TRUE.equals(values.given(GlobalDirectives.MONITOR_LINKS)),
        connectionSync(),
        new Commands(
            values.given(GlobalDirectives.ACTIVE_CMD),
            values.given(GlobalDirectives.INACTIVE_CMD),
            values.given(GlobalDirectives.NOTIFY)));
  }

  private @Nullable ConnectionSync connectionSync() {
    if (!Boolean.TRUE.equals(values.given(GlobalDirectives.SYNCDAEMON))) {
      for (var directive : List.of(GlobalDirectives.SYNCD_IFACE, GlobalDirectives.SYNCD_ID)) {
        if (values.given(directive) != null && !problems.hasError()) {
          problems.note(
              ProblemCode.NO_EFFECT,
              values.nameOf(directive, Token.NOWHERE),
              "'" + directive.word() + "' has no effect without syncdaemon = 1",
              "it was so with Piranha");
        }
      }
      return null;
    }
    var device = Objects.requireNonNullElse(values.given(GlobalDirectives.SYNCD_IFACE), "eth0");
    var id = Objects.requireNonNullElse(values.given(GlobalDirectives.SYNCD_ID), 0L);
    return new ConnectionSync(device, id.intValue());
  }

  private Duration seconds(Directive<Duration> directive) {
    return Objects.requireNonNullElse(values.given(directive), Duration.ZERO);
  }
}
