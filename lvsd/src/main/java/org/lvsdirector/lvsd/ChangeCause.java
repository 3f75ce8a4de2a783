// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.lvsd;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.Config;
import org.lvsdirector.config.Endpoint;
import org.lvsdirector.config.Health;
import org.lvsdirector.config.ServerKey;
import org.lvsdirector.config.ServiceKey;
import org.lvsdirector.engine.table.Table;
import org.lvsdirector.engine.table.TableOp;

/** Why the table is changed. Pure. */
enum ChangeCause {
  /** The first look at the engine, or the first after it failed. */
  START,
  /** Somebody else changed the engine. */
  DRIFT,
  /** A server came up. */
  UP,
  /** A server went down. */
  DOWN,
  /** The operator wishes so. */
  OVERRIDE,
  /** The sorry server is needed, or no longer. */
  SORRY,
  /** The configuration changed. */
  CONFIG,
  /** It was tried before, without success. */
  RETRY;

  /**
   * The situation after the reconciliation before.
   *
   * @param inputs what decided then
   * @param held what the engine held after it
   */
  record Before(Inputs inputs, Table held) {}

  /**
   * The first of these that applies.
   *
   * @param before null at the start and after a failure
   * @param actual what the engine holds before the change
   */
  static ChangeCause of(TableOp change, @Nullable Before before, Inputs now, Table actual) {
    if (before == null) {
      return START;
    }
    if (!Objects.equals(subject(change, before.held), subject(change, actual))) {
      return DRIFT;
    }
    var endpoint = endpoint(change);
    return endpoint == null
        ? configured(before, now)
        : ofServer(new ServerKey(change.key(), endpoint), before, now);
  }

  private static ChangeCause ofServer(ServerKey server, Before before, Inputs now) {
    var verdict = now.health().of(server);
    if (verdict != before.inputs.health().of(server) && verdict != Health.State.UNKNOWN) {
      return verdict == Health.State.UP ? UP : DOWN;
    }
    if (!now.overrides().weight(server).equals(before.inputs.overrides().weight(server))) {
      return OVERRIDE;
    }
    var isConfigSame = configured(before, now) == RETRY;
    return isConfigSame && isSorryServer(server, now.config()) ? SORRY : configured(before, now);
  }

  private static ChangeCause configured(Before before, Inputs now) {
    return Objects.equals(before.inputs.config(), now.config()) ? RETRY : CONFIG;
  }

  private static boolean isSorryServer(ServerKey server, @Nullable Config config) {
    return config != null
        && config.services().stream()
            .anyMatch(
                service ->
                    service.key().equals(server.service())
                        && server.server().equals(service.forwarding().sorryServer()));
  }

  /** The word in the log. */
  String word() {
    return switch (this) {
      case START -> "start";
      case DRIFT -> "drift";
      case UP -> "up";
      case DOWN -> "down";
      case OVERRIDE -> "override";
      case SORRY -> "sorry-server";
      case CONFIG -> "config";
      case RETRY -> "retry";
    };
  }

  /** What a table holds where the change is made; null for nothing. */
  private static @Nullable Object subject(TableOp change, Table table) {
    var service = table.services().get(change.key());
    if (service == null) {
      return null;
    }
    var endpoint = endpoint(change);
    return endpoint == null ? service.settings() : service.servers().get(endpoint);
  }

  private static @Nullable Endpoint endpoint(TableOp change) {
    return switch (change) {
      case TableOp.AddService _, TableOp.SetService _, TableOp.DeleteService _ -> null;
      case TableOp.AddServer(ServiceKey _, var server) -> server.endpoint();
      case TableOp.SetServer(ServiceKey _, var server) -> server.endpoint();
      case TableOp.DeleteServer(ServiceKey _, var endpoint) -> endpoint;
    };
  }
}
