// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.Endpoint;
import org.lvsdirector.config.IpAddress;
import org.lvsdirector.config.SchedulerFlag;
import org.lvsdirector.config.SchedulerName;

/** A scheduler with servers named A, B, C, at 10.0.0.1:80 and following. */
final class Pool {
  final Scheduler scheduler;
  final List<Destination> servers = new ArrayList<>();

  Pool(SchedulerName name, SchedulerFlag... flags) {
    scheduler = Schedulers.create(name, Set.of(flags));
  }

  /** Adds servers of these weights, in this order. */
  Pool add(int... weights) {
    for (var weight : weights) {
      add(new Destination(endpoint(servers.size()), weight, 0, 0));
    }
    return this;
  }

  void add(Destination server) {
    servers.add(server);
    scheduler.added(server);
  }

  void remove(char name) {
    scheduler.removed(server(name));
  }

  void weigh(char name, int weight) {
    server(name).edit(weight, 0, 0);
    scheduler.edited(server(name));
  }

  Destination server(char name) {
    return servers.get(name - 'A');
  }

  /** Marks a server as overloaded, without connections that weigh. */
  void overload(char name) {
    server(name).edit(server(name).weight(), 1, 1);
    server(name).connections(0, 1);
    scheduler.edited(server(name));
  }

  /** Whom the scheduler chooses, one letter a connection, - for none. */
  String choose(int times) {
    return IntStream.range(0, times)
        .mapToObj(i -> name(scheduler.schedule(from("10.1.0.1"), i)))
        .collect(Collectors.joining());
  }

  /** Whom the scheduler chooses for a client. */
  String choose(String client) {
    return name(scheduler.schedule(from(client), 0));
  }

  /** Whom the scheduler chooses for a virtual address. */
  String chooseFor(String destination, long nowNanos) {
    return name(scheduler.schedule(to(destination), nowNanos));
  }

  String name(@Nullable Destination server) {
    return server == null ? "-" : Character.toString('A' + servers.lastIndexOf(server));
  }

  static Endpoint endpoint(int index) {
    return new Endpoint(IpAddress.ofIpv4(0x0a000001 + index), 80);
  }

  static Flow from(String client) {
    return new Flow(IpAddress.of(client), 1000, IpAddress.of("192.0.2.80"));
  }

  static Flow to(String destination) {
    return new Flow(IpAddress.of("10.1.0.1"), 1000, IpAddress.of(destination));
  }
}
