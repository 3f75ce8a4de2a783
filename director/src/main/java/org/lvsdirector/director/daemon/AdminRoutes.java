// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.daemon;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.Pair.Node;
import org.lvsdirector.director.admin.AdminServer.Reply;
import org.lvsdirector.director.admin.OrderReport;
import org.lvsdirector.engine.Listing;
import org.lvsdirector.pulse.failover.Input.Order;

/**
 * What the admin API answers. The socket opens before the daemon starts, so that two daemons never
 * share one; until then every answer is 503.
 */
public final class AdminRoutes {
  private final AtomicReference<@Nullable Daemon> daemon = new AtomicReference<>();

  private record NotYet(String error) {}

  /** From now on this daemon answers. */
  public void serve(Daemon started) {
    daemon.set(started);
  }

  public Map<String, Supplier<Reply>> routes() {
    var routes = new LinkedHashMap<String, Supplier<Reply>>();
    routes.put("GET /v1/status", () -> ask(running -> Reply.json(200, running.status())));
    routes.put("GET /v1/table", () -> ask(AdminRoutes::table));
    routes.put("GET /v1/connections", () -> ask(AdminRoutes::connections));
    routes.put("GET /metrics", () -> ask(AdminRoutes::metrics));
    routes.put("POST /v1/reload", () -> ask(AdminRoutes::reload));
    routes.put("POST /v1/failover", () -> order(orders -> orders.carryOut(Order.FAILOVER)));
    for (var node : Node.values()) {
      var path = "POST /v1/failover/" + node.word();
      routes.put(path, () -> order(orders -> orders.failoverTo(node)));
    }
    routes.put("POST /v1/standby", () -> order(orders -> orders.carryOut(Order.STANDBY)));
    routes.put("POST /v1/online", () -> order(orders -> orders.carryOut(Order.ONLINE)));
    routes.put("POST /v1/drill", () -> ask(running -> drill(running, false)));
    routes.put("POST /v1/drill/return", () -> ask(running -> drill(running, true)));
    return routes;
  }

  private Reply ask(Function<Daemon, Reply> question) {
    var running = daemon.get();
    return running == null ? Reply.json(503, new NotYet("starting")) : question.apply(running);
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
    return Reply.json(501, new NotYet(words + "; director status shows it"));
  }

  private static Reply drill(Daemon running, boolean isReturning) {
    var report = running.drill(isReturning);
    return Reply.json(report.isPassed() ? 200 : 409, report);
  }

  private Reply order(Function<Orders, OrderReport> given) {
    return ask(
        running -> {
          var report = given.apply(running.orders());
          return Reply.json(report.isDone() ? 200 : 409, report);
        });
  }

  private static Reply reload(Daemon running) {
    var reloaded = running.reload();
    return new Reply(reloaded.isDone() ? 200 : 409, "text/plain; charset=utf-8", reloaded.text());
  }

  private static Reply metrics(Daemon running) {
    return new Reply(
        200, "text/plain; version=0.0.4; charset=utf-8", Metrics.scrape(running.status()));
  }
}
