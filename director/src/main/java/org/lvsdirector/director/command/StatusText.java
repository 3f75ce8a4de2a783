// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.Role;
import org.lvsdirector.director.admin.StatusReport;
import org.lvsdirector.director.admin.StatusReport.Heartbeats;
import org.lvsdirector.director.admin.StatusReport.LatestTakeover;
import org.lvsdirector.director.admin.StatusReport.Partner;
import org.lvsdirector.director.admin.StatusReport.Self;
import org.lvsdirector.director.admin.StatusReport.Server;
import org.lvsdirector.director.admin.StatusReport.Service;
import org.lvsdirector.engine.SyncStatus;
import org.lvsdirector.engine.TableLoad;
import org.lvsdirector.pulse.PulseStatus.Evidence;
import org.lvsdirector.pulse.PulseStatus.LinkStatus;
import org.lvsdirector.pulse.addresses.AddressStatus;

/** The status for people. */
final class StatusText {
  /** A reader may be busy for a moment. */
  private static final long STUCK_MILLIS = 1_000;

  private StatusText() {}

  static String of(StatusReport report) {
    var text = new StringBuilder();
    var directors = new Columns();
    directors.row("DIRECTOR", "ROLE", "SINCE", "FIT", "CONFIG", "DETAIL");
    directors.row(self(report.self()));
    directors.row(partner(report.partner()));
    text.append(directors);
    if (!report.self().reloadProblem().isEmpty()) {
      text.append("\nlast reload refused: ").append(report.self().reloadProblem()).append('\n');
    }
    report
        .self()
        .waitingForRestart()
        .forEach(one -> text.append("\nwaits for a restart: ").append(one).append('\n'));
    if (!report.links().isEmpty()) {
      text.append('\n').append(links(report.links()));
      text.append(heartbeats(report.heartbeats(), report.links()));
      text.append(takeover(report.self(), report.takeover()));
      text.append(evidence(report.evidence(), report.self().role()));
    }
    text.append(log(report.log()));
    text.append('\n').append(engine(report.engine()));
    var addresses = report.addresses();
    if (addresses != null) {
      text.append('\n').append(addresses(addresses));
    }
    var sync = report.sync();
    if (sync != null) {
      text.append('\n').append(sync(sync));
    }
    for (var service : report.services()) {
      text.append('\n').append(service(service));
    }
    return text.toString();
  }

  private static String sync(SyncStatus sync) {
    var text = new StringBuilder();
    text.append("connection sync on ").append(sync.device()).append(" id ").append(sync.id());
    text.append(": ").append(sync.isSender() ? "sends" : "takes").append(", ");
    text.append(kernel(sync)).append('\n');
    var progress = sync.progress();
    if (progress != null) {
      text.append("  ").append(sync.isSender() ? "the partner is " : "").append(progress(progress));
    }
    if (!sync.problem().isEmpty()) {
      text.append("  PROBLEM: ").append(sync.problem()).append('\n');
    }
    return text.toString();
  }

  private static String kernel(SyncStatus sync) {
    if (sync.isMasterRunning()) {
      return sync.isBackupRunning() ? "kernel daemons master and backup" : "kernel daemon master";
    }
    return sync.isBackupRunning() ? "kernel daemon backup" : "NO KERNEL DAEMON";
  }

  private static String progress(SyncStatus.Progress progress) {
    var present = progress.total() - progress.missing();
    var percent = progress.total() == 0 ? 100 : 100.0 * present / progress.total();
    return "%s: %d of %d (%s %%), oldest missing %s, compared %s ago%n"
        .formatted(
            progress.isInSync() ? "in sync" : "NOT IN SYNC",
            present,
            progress.total(),
            percent(percent),
            progress.missing() == 0 ? "none" : duration(progress.oldestMissingMillis()),
            duration(progress.comparedMillis()));
  }

  /** Never rounded up: 100 % is all of them. */
  private static String percent(double percent) {
    return percent == 100
        ? "100"
        : String.format(Locale.ROOT, "%.1f", Math.floor(10 * percent) / 10);
  }

  private static String[] self(Self self) {
    return new String[] {
      self.node() + " (this one)",
      self.role().name(),
      duration(self.roleMillis()) + " (" + self.cause() + ")",
      self.isFit() ? "fit" : "not fit: " + self.unfitReason(),
      self.digest(),
      "term " + self.term() + ", pid " + self.processId()
    };
  }

  private static String[] partner(@Nullable Partner partner) {
    if (partner == null) {
      return new String[] {"(no partner)", "", "", "", "", ""};
    }
    var role = partner.role();
    if (role == null) {
      return new String[] {partner.node(), "never heard", "", "", "", ""};
    }
    return new String[] {
      partner.node(),
      partner.isAlive() ? role.name() : "SILENT (was " + role + ")",
      "heard " + duration(partner.lastHeardMillis()) + " ago",
      partner.isFit() ? "fit" : "not fit",
      partner.hasSameConfig() ? "same" : "DIFFERS from ours",
      ""
    };
  }

  /**
   * Where the time of the takeover went by which this director serves; empty when there is none.
   */
  private static String takeover(Self self, @Nullable LatestTakeover takeover) {
    if (takeover == null || self.role() != Role.ACTIVE) {
      return "";
    }
    var parts =
        takeover.doneMicros().entrySet().stream()
            .map(done -> done.getKey() + " after " + millis(done.getValue()))
            .collect(Collectors.joining(", "));
    return "  its takeover was noticed %s late; %s%n"
        .formatted(millis(takeover.lateMicros()), parts);
  }

  private static String millis(long micros) {
    return String.format(Locale.ROOT, "%.1f ms", micros / 1e3);
  }

  /** What an operator should know of the heartbeats; empty when all is well. */
  private static String heartbeats(Heartbeats heartbeats, List<LinkStatus> links) {
    var text = new StringBuilder();
    if (!heartbeats.isSealed()) {
      text.append("  NOT SEALED: anybody on these networks can forge heartbeats; see")
          .append(" `director keygen --help`\n");
    } else if (heartbeats.acceptsUnsealed()) {
      text.append("  UNSEALED HEARTBEATS ARE ACCEPTED: set heartbeat.accept-unsealed = false\n");
    }
    for (var link : links) {
      var refused = link.counters().refused();
      if (refused.all() > 0) {
        text.append(
            "  refused on %s: %d unsealed, %d of another key, %d forged, %d replayed%n"
                .formatted(
                    link.name(),
                    refused.unsealed(),
                    refused.wrongKey(),
                    refused.forged(),
                    refused.replayed()));
      }
    }
    if (heartbeats.defects() > 0) {
      text.append(
          "  steps that failed by a defect: %d; please report what the log has of them%n"
              .formatted(heartbeats.defects()));
    }
    if (!heartbeats.realTimeProblem().isEmpty()) {
      text.append(
          "  heartbeats are not sent in real time: %s; director doctor says how to mend it%n"
              .formatted(heartbeats.realTimeProblem()));
    }
    if (heartbeats.stalls() > 0) {
      text.append(
          "  this director did not run in time %d times, for up to %s%n"
              .formatted(heartbeats.stalls(), duration(heartbeats.longestStallMillis())));
    }
    return text.toString();
  }

  /** What is missing in the log; empty when nothing is. */
  private static String log(StatusReport.Log log) {
    var text = new StringBuilder();
    if (log.stuckMillis() >= STUCK_MILLIS) {
      text.append(
          "  LOG IS NOT READ for %s: look at journald, or at what reads this daemon's output%n"
              .formatted(duration(log.stuckMillis())));
    }
    if (log.dropped() > 0) {
      text.append("  lines missing in the log: %d%n".formatted(log.dropped()));
    }
    return text.toString();
  }

  private static String evidence(Evidence evidence, Role role) {
    var text = new StringBuilder();
    if (evidence.hasTargets()) {
      text.append("  ping targets: ").append(evidence.isTargetReached() ? "reached\n" : "SILENT\n");
    }
    if (evidence.hasWitness()) {
      var isMissing = role == Role.ACTIVE && !evidence.isLeaseHeld();
      var lease = isMissing ? "NO LEASE\n" : "no lease, as none is needed\n";
      text.append("  witness: ").append(evidence.isLeaseHeld() ? "has granted the lease\n" : lease);
    }
    return text.toString();
  }

  private static Columns links(List<LinkStatus> links) {
    var columns = new Columns();
    columns.row(
        "LINK", "LOCAL", "PARTNER", "STATE", "LAST HEARD", "SENT", "RECEIVED", "LOST", "JITTER");
    for (var link : links) {
      var counters = link.counters();
      columns.row(
          link.name(),
          link.local(),
          link.remote(),
          !link.isUp() ? "DOWN" : link.isHeardByPartner() ? "up" : "ONE WAY",
          link.lastHeardMillis() < 0 ? "never" : duration(link.lastHeardMillis()) + " ago",
          Long.toString(counters.sent()),
          Long.toString(counters.received()),
          Long.toString(counters.lost()),
          millis(counters.jitterMedianMicros()) + ", p99 " + millis(counters.jitterP99Micros()));
    }
    return columns;
  }

  private static String addresses(AddressStatus addresses) {
    var columns = new Columns();
    columns.row("ADDRESS", "DEVICE", "STATE", "ANNOUNCED");
    for (var address : addresses.addresses()) {
      columns.row(
          address.address(),
          address.device().isEmpty() ? "(none)" : address.device(),
          address.isPresent() ? "held" : "not held",
          address.announcedMillis() < 0 ? "-" : duration(address.announcedMillis()) + " ago");
    }
    var counts =
        "announcements: %d frames, %d failed, %d of other machines; put back: %d; removed: %d%n"
            .formatted(
                addresses.framesSent(),
                addresses.framesFailed(),
                addresses.foreignHeard(),
                addresses.putBack(),
                addresses.removed());
    return columns + counts + problem(addresses.conflict()) + problem(addresses.problem());
  }

  private static String problem(String text) {
    return text.isEmpty() ? "" : "PROBLEM: " + text + "\n";
  }

  private static String engine(StatusReport.Engine engine) {
    var text = new StringBuilder("engine " + engine.name() + "\n");
    for (var passed : engine.passedOver()) {
      text.append("  not ").append(passed.name()).append(": ");
      text.append(passed.reason()).append('\n');
    }
    var load = engine.load();
    if (load != null) {
      text.append(hash("connections", load.connections()));
      text.append(hash("services", load.services()));
    }
    return text.toString();
  }

  private static String hash(String name, TableLoad.Hash hash) {
    return !hash.hasSize()
        ? ""
        : String.format(
            Locale.ROOT,
            "  table of %s: %d in %d buckets, load %.4f (grows above %s), %s%n",
            name,
            hash.entries(),
            hash.buckets(),
            hash.load(),
            Math.scalb(1.0, hash.growthExponent()),
            chains(hash));
  }

  private static String chains(TableLoad.Hash hash) {
    if (!hash.hasChains()) {
      return "chains are told to root only: `director doctor`";
    }
    var longest = "longest chain " + hash.longestChain();
    return hash.longChains() == 0
        ? longest
        : longest + " or more, LONG CHAINS in %d buckets".formatted(hash.longChains());
  }

  private static String service(Service service) {
    var title =
        service.key()
            + " "
            + service.scheduler()
            + "  "
            + service.name()
            + ", connections "
            + service.connections();
    var sorry = service.sorryServer();
    var columns = new Columns();
    columns.row("  SERVER", "ADDRESS", "STATE", "WEIGHT", "ACTIVE", "INACT", "CONNS", "LAST CHECK");
    for (var server : service.servers()) {
      columns.row(server(server));
    }
    var problem = service.problem().isEmpty() ? "" : "  NOT SERVED: " + service.problem() + "\n";
    return title + (sorry == null ? "" : ", sorry server " + sorry) + "\n" + problem + columns;
  }

  private static String[] server(Server server) {
    var state = server.state().name();
    return new String[] {
      "  " + server.name(),
      server.endpoint(),
      server.stateMillis() < 0 ? state : state + " " + duration(server.stateMillis()),
      server.isInTable() ? Integer.toString(server.weight()) : "-",
      Integer.toString(server.active()),
      Integer.toString(server.inactive()),
      Long.toString(server.connections()),
      server.lastCheckMillis() < 0
          ? "none yet"
          : duration(server.lastCheckMillis()) + " ago: " + server.lastCheck()
    };
  }

  /** Such as {@code 85 ms}, {@code 4.2 s}, {@code 3 min}, {@code 7.5 h}, {@code 12 d}. */
  static String duration(long millis) {
    if (millis < 1_000) {
      return millis + " ms";
    }
    var seconds = millis / 1e3;
    if (seconds < 60) {
      return String.format(Locale.ROOT, "%.1f s", seconds);
    }
    if (seconds < 3_600) {
      return String.format(Locale.ROOT, "%.0f min", Math.floor(seconds / 60));
    }
    if (seconds < 48 * 3_600) {
      return String.format(Locale.ROOT, "%.1f h", Math.floor(seconds / 360) / 10);
    }
    return String.format(Locale.ROOT, "%.0f d", Math.floor(seconds / 86_400));
  }

  /** Rows of cells, each column as wide as its widest cell. */
  private static final class Columns {
    private final List<String[]> rows = new ArrayList<>();

    void row(String... cells) {
      rows.add(cells);
    }

    @Override
    public String toString() {
      var text = new StringBuilder();
      for (var row : rows) {
        var line = new StringBuilder();
        for (var i = 0; i < row.length; i++) {
          line.append(row[i]).repeat(' ', width(i) - row[i].length() + 2);
        }
        text.append(line.toString().stripTrailing()).append('\n');
      }
      return text.toString();
    }

    private int width(int column) {
      return rows.stream()
          .filter(row -> column < row.length)
          .mapToInt(row -> row[column].length())
          .max()
          .orElse(0);
    }
  }
}
