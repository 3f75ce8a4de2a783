// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.lvsd;

import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.Endpoint;
import org.lvsdirector.config.ServiceKey;
import org.lvsdirector.engine.table.Table;
import org.lvsdirector.engine.table.Table.Server;
import org.lvsdirector.engine.table.Table.ServiceSettings;
import org.lvsdirector.engine.table.TableOp;

/** A change of the table in one line: {@code +} what comes, {@code ~} what changes. Pure. */
final class ChangeLine {
  private ChangeLine() {}

  /**
   * For example {@code TCP 192.0.2.80:80 ~ 10.0.0.11:80 weight=1->0}.
   *
   * @param actual what the engine holds before the change
   */
  static String of(TableOp change, Table actual) {
    return switch (change) {
      case TableOp.AddService(var key, var settings) -> "+ " + key + " " + text(settings);
      case TableOp.SetService(var key, var settings) ->
          "~ " + key + " " + before(actual, key) + "->" + text(settings);
      case TableOp.DeleteService(var key) -> "- " + key;
      case TableOp.AddServer(var key, var server) ->
          key + " + " + server.endpoint() + " " + text(server);
      case TableOp.SetServer(var key, var server) ->
          key
              + " ~ "
              + server.endpoint()
              + " "
              + changed(held(actual, key, server.endpoint()), server);
      case TableOp.DeleteServer(var key, var endpoint) -> key + " - " + endpoint;
    };
  }

  private static String before(Table actual, ServiceKey key) {
    var service = actual.services().get(key);
    return service == null ? "nothing" : text(service.settings());
  }

  private static @Nullable Server held(Table actual, ServiceKey key, Endpoint endpoint) {
    var service = actual.services().get(key);
    return service == null ? null : service.servers().get(endpoint);
  }

  private static String changed(@Nullable Server before, Server after) {
    if (before == null) {
      return text(after);
    }
    return before.weight() != after.weight() && text(before, 0).equals(text(after, 0))
        ? "weight=" + before.weight() + "->" + after.weight()
        : text(before) + "->" + text(after);
  }

  private static String text(Server server) {
    return text(server, server.weight());
  }

  private static String text(Server server, int weight) {
    var thresholds =
        server.upperThreshold() == 0 && server.lowerThreshold() == 0
            ? ""
            : " thresholds=" + server.upperThreshold() + "/" + server.lowerThreshold();
    return "weight=" + weight + " method=" + server.method() + thresholds;
  }

  private static String text(ServiceSettings settings) {
    var persistence = settings.persistence();
    return "scheduler="
        + settings.scheduler().word()
        + (settings.flags().isEmpty() ? "" : " flags=" + settings.flags())
        + (persistence == null
            ? ""
            : " persistence=" + persistence.timeout().toSeconds() + "s/" + persistence.prefix())
        + (settings.isOnePacket() ? " one-packet" : "");
  }
}
