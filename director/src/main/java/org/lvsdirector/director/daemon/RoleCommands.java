// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.daemon;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.Config;
import org.lvsdirector.config.FailoverService;
import org.lvsdirector.config.Health;
import org.lvsdirector.config.Pair.Node;
import org.lvsdirector.config.Role;
import org.lvsdirector.config.ServerKey;
import org.lvsdirector.config.VirtualService;
import org.lvsdirector.config.VirtualService.RealServer;
import org.lvsdirector.director.daemon.CommandRunner.Job;
import org.lvsdirector.pulse.failover.Notice;
import org.lvsdirector.pulse.failover.Transition;

/**
 * What lvs.cf wants to be run when the role changes: {@code active_cmd}, {@code inactive_cmd},
 * {@code notify}, and the failover services of {@code service = fos}, which start and stop with the
 * role. Only gives them to the runner, so nothing ever waits for them.
 */
final class RoleCommands {
  private final Node node;
  private final CommandRunner runner;
  private volatile Config config;
  private final Quorums quorums = new Quorums();
  private Health health = Health.UNKNOWN;

  RoleCommands(Node node, Config config, CommandRunner runner) {
    this.node = node;
    this.config = config;
    this.runner = runner;
  }

  /** The daemon starts: services that an earlier one may have left behind are stopped. */
  void started() {
    config.failovers().forEach(service -> stop(service, environment("start", "")));
  }

  /** Another configuration from now on; services that it does not have any more are stopped. */
  void reconfigure(Config fresh, boolean isActive) {
    var before = config;
    config = fresh;
    for (var service : before.failovers()) {
      if (!fresh.failovers().contains(service)) {
        stop(service, environment("reload", ""));
      }
    }
    for (var service : fresh.failovers()) {
      if (isActive && !before.failovers().contains(service)) {
        start(service, environment("reload", ""));
      }
    }
  }

  /** The role has changed. In order, from one thread. */
  void changed(Transition transition) {
    var environment = environment("role", transition.toString());
    environment.put("LVS_ROLE", transition.to().name());
    environment.put("LVS_OLD_ROLE", transition.from().name());
    environment.put("LVS_CAUSE", transition.cause().code());
    environment.put("LVS_TERM", Long.toString(transition.term()));
    var commands = config.global().commands();
    if (transition.to() == Role.ACTIVE) {
      config.failovers().forEach(service -> start(service, environment));
      run("active_cmd", commands.active(), List.of(), environment);
    } else if (transition.from() == Role.ACTIVE) {
      run("inactive_cmd", commands.inactive(), List.of(), environment);
      config.failovers().forEach(service -> stop(service, environment));
    }
  }

  /** Something that an operator wants to be told. In order, from one thread. */
  void noticed(Notice notice) {
    var kind = notice.kind().name().toLowerCase(Locale.ROOT);
    var environment = environment(kind, notice.text());
    run("notify", config.global().commands().change(), List.of(kind, notice.text()), environment);
  }

  /** The nannies know something new. In order, from one thread. */
  void health(Health fresh) {
    var before = health;
    health = fresh;
    for (var service : config.services()) {
      var line = service.monitoring().notifyCommand();
      if (line != null) {
        service.servers().forEach(server -> compare(service, server, before, fresh));
      }
    }
    quorums.take(config.services(), fresh).forEach(this::tell);
  }

  private void tell(Quorums.Change change) {
    var service = change.service();
    var word = change.isMet() ? "up" : "down";
    var text =
        "%s has %s its quorum of %d: weight %d is up"
            .formatted(
                service.name(),
                change.isMet() ? "reached" : "lost",
                service.monitoring().quorum().weight(),
                change.weight());
    var environment = environment("quorum", text);
    environment.put("LVS_SERVICE", service.name());
    environment.put("LVS_STATE", word);
    var arguments = List.of("quorum", service.name(), word);
    run(
        "notify of " + service.name(),
        service.monitoring().notifyCommand(),
        arguments,
        environment);
  }

  private void compare(VirtualService service, RealServer server, Health before, Health fresh) {
    var key = new ServerKey(service.key(), server.endpoint());
    var state = fresh.of(key);
    if (state == before.of(key)) {
      return;
    }
    var word = state.name().toLowerCase(Locale.ROOT);
    var environment = environment("server", service.name() + " " + server.name() + " is " + word);
    environment.put("LVS_SERVICE", service.name());
    environment.put("LVS_SERVER", server.name());
    environment.put("LVS_ADDRESS", server.endpoint().toString());
    environment.put("LVS_STATE", word);
    var arguments = List.of("server", service.name(), server.name(), word);
    run(
        "notify of " + service.name(),
        service.monitoring().notifyCommand(),
        arguments,
        environment);
  }

  private Map<String, String> environment(String event, String text) {
    var environment = new HashMap<String, String>();
    environment.put("LVS_EVENT", event);
    environment.put("LVS_NODE", node.word());
    environment.put("LVS_TEXT", text);
    return environment;
  }

  private void start(FailoverService service, Map<String, String> environment) {
    run(
        "start_cmd of " + service.name(),
        service.startCommand(),
        List.of(),
        of(service, environment));
  }

  private void stop(FailoverService service, Map<String, String> environment) {
    run(
        "stop_cmd of " + service.name(),
        service.stopCommand(),
        List.of(),
        of(service, environment));
  }

  private static Map<String, String> of(FailoverService service, Map<String, String> environment) {
    var more = new HashMap<>(environment);
    more.put("LVS_SERVICE", service.name());
    more.put("LVS_ADDRESS", service.address().address().toString());
    return more;
  }

  private void run(
      String what, @Nullable String line, List<String> arguments, Map<String, String> environment) {
    if (line != null && !line.isBlank()) {
      runner.run(new Job(what, line, arguments, environment));
    }
  }
}
