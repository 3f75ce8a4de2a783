// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.daemon;

import static org.lvsdirector.director.admin.Endpoint.read;
import static org.lvsdirector.director.admin.Endpoint.write;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.Pair.Node;
import org.lvsdirector.director.admin.AdminServer.Reply;
import org.lvsdirector.director.admin.Endpoint;
import org.lvsdirector.director.admin.Endpoint.Arguments;
import org.lvsdirector.director.admin.OrderReport;
import org.lvsdirector.engine.Listing;
import org.lvsdirector.pulse.failover.Input.Order;

/**
 * What the admin API answers, a row each; {@code docs/admin-api.md} is made from it. The socket
 * opens before the daemon starts, so that two daemons never share one; until then every answer is
 * 503.
 */
public final class EndpointCatalogue {
  private static final List<String> NODES = Arrays.stream(Node.values()).map(Node::word).toList();

  private final AtomicReference<@Nullable Daemon> daemon = new AtomicReference<>();

  /** What is wrong. */
  private record Failure(String error) {}

  /** From now on this daemon answers. */
  public void serve(Daemon started) {
    daemon.set(started);
  }

  /** Each of them. */
  public List<Endpoint> endpoints() {
    return List.of(
        read(
            "/v1/status",
            "Both directors, links, table, services and servers, as `director status --json`.",
            ask(running -> Reply.json(200, running.status()))),
        read(
            "/v1/table",
            "The kernel's table with its counters, as `director table --json`.",
            ask(EndpointCatalogue::table)),
        read(
            "/v1/connections",
            "Every connection of that table, as `director table --connections --json`.",
            ask(EndpointCatalogue::connections)),
        read(
            "/metrics",
            "The status for Prometheus: see `metrics.md`.",
            ask(EndpointCatalogue::metrics)),
        write(
            "/v1/reload",
            "Reads lvs.cf and the key file again, as `director reload` and SIGHUP. The answer is"
                + " text: what was found in the file.",
            ask(EndpointCatalogue::reload)),
        write(
            "/v1/failover",
            "The role moves to the other director, as `director failover`.",
            order(Order.FAILOVER)),
        write(
                "/v1/failover/{node}",
                "The same, unless that director is active already, as `director failover --to`.",
                this::failoverTo)
            .with("node", NODES),
        write(
            "/v1/standby",
            "Takes this director out of service, as `director standby`.",
            order(Order.STANDBY)),
        write("/v1/online", "Ends that, as `director online`.", order(Order.ONLINE)),
        write(
            "/v1/drill",
            "A planned failover, checked and measured, as `director drill`.",
            ask(running -> drill(running, false))),
        write(
            "/v1/drill/return",
            "The same, and back, as `director drill --return`.",
            ask(running -> drill(running, true))));
  }

  private Function<Arguments, Reply> ask(Function<Daemon, Reply> question) {
    return _ -> {
      var running = daemon.get();
      return running == null ? Reply.json(503, new Failure("starting")) : question.apply(running);
    };
  }

  private Function<Arguments, Reply> order(Order order) {
    return ask(running -> ended(running.orders().carryOut(order)));
  }

  private Reply failoverTo(Arguments arguments) {
    var node = Node.valueOf(arguments.of("node").toUpperCase(Locale.ROOT));
    return ask(running -> ended(running.orders().failoverTo(node))).apply(arguments);
  }

  private static Reply ended(OrderReport report) {
    return Reply.json(report.isDone() ? 200 : 409, report);
  }

  private static Reply table(Daemon running) {
    return running.engine() instanceof Listing listing
        ? Reply.json(200, listing.list())
        : notListed(running);
  }

  private static Reply connections(Daemon running) {
    return running.engine() instanceof Listing listing
        ? Reply.json(200, listing.connections())
        : notListed(running);
  }

  private static Reply notListed(Daemon running) {
    var words = "the " + running.engine().name() + " engine does not list its table";
    return Reply.json(501, new Failure(words + "; director status shows it"));
  }

  private static Reply drill(Daemon running, boolean isReturning) {
    var report = running.drill(isReturning);
    return Reply.json(report.isPassed() ? 200 : 409, report);
  }

  private static Reply reload(Daemon running) {
    var reloaded = running.reload().join();
    return Reply.of(reloaded.isDone() ? 200 : 409, "text/plain; charset=utf-8", reloaded.text());
  }

  private static Reply metrics(Daemon running) {
    return Reply.of(
        200, "text/plain; version=0.0.4; charset=utf-8", Metrics.scrape(running.status()));
  }
}
