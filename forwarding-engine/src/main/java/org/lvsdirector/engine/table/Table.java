// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.table;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.Endpoint;
import org.lvsdirector.config.ForwardingMethod;
import org.lvsdirector.config.SchedulerFlag;
import org.lvsdirector.config.SchedulerName;
import org.lvsdirector.config.ServiceKey;
import org.lvsdirector.config.Tunnel;
import org.lvsdirector.config.VirtualService.Persistence;

/**
 * Everything that a forwarding engine is told: the services and their servers, as one immutable
 * value in canonical order. Two tables that forward alike are equal.
 *
 * @param services by key, in key order
 */
public record Table(SequencedMap<ServiceKey, Service> services) {

  /** No service. */
  public static final Table EMPTY = new Table(Collections.emptySortedMap());

  public Table {
    services = Collections.unmodifiableSequencedMap(new TreeMap<>(services));
  }

  /**
   * The table of these services.
   *
   * @throws IllegalArgumentException when two have one key
   */
  public static Table of(Collection<Service> services) {
    var byKey = new TreeMap<ServiceKey, Service>();
    for (var service : services) {
      if (byKey.put(service.key(), service) != null) {
        throw new IllegalArgumentException("two services with key " + service.key());
      }
    }
    return new Table(byKey);
  }

  /**
   * A virtual service in the table.
   *
   * @param key what packets belong to it
   * @param settings how its servers are chosen
   * @param servers by address and port, in that order
   */
  public record Service(
      ServiceKey key, ServiceSettings settings, SequencedMap<Endpoint, Server> servers) {
    public Service {
      servers = Collections.unmodifiableSequencedMap(new TreeMap<>(servers));
    }

    /**
     * A service with these servers.
     *
     * @throws IllegalArgumentException when two servers have one address and port
     */
    public static Service of(ServiceKey key, ServiceSettings settings, Collection<Server> servers) {
      var byEndpoint = new TreeMap<Endpoint, Server>();
      for (var server : servers) {
        if (byEndpoint.put(server.endpoint(), server) != null) {
          throw new IllegalArgumentException("two servers at " + server.endpoint());
        }
      }
      return new Service(key, settings, byEndpoint);
    }
  }

  /**
   * How the servers of a service are chosen.
   *
   * @param scheduler the rule
   * @param flags additions to the rule
   * @param persistence client affinity; null for none
   * @param isOnePacket whether each UDP datagram is scheduled by itself
   */
  public record ServiceSettings(
      SchedulerName scheduler,
      Set<SchedulerFlag> flags,
      @Nullable Persistence persistence,
      boolean isOnePacket) {
    public ServiceSettings {
      flags = Set.copyOf(flags);
    }
  }

  /**
   * A real server of a service.
   *
   * @param endpoint its address and port
   * @param method how packets reach it
   * @param weight its share; 0 means quiesced: no new connection, the present ones go on
   * @param upperThreshold connections from which on it gets no new one; 0 for no limit
   * @param lowerThreshold connections below which it gets new ones again; 0 for three quarters of
   *     the upper one
   * @param tunnel the outer header of {@link ForwardingMethod#TUNNELLING}; {@link Tunnel#IPIP} with
   *     any other method
   */
  public record Server(
      Endpoint endpoint,
      ForwardingMethod method,
      int weight,
      int upperThreshold,
      int lowerThreshold,
      Tunnel tunnel) {
    public Server {
      tunnel = method == ForwardingMethod.TUNNELLING ? tunnel : Tunnel.IPIP;
    }

    /** A server that is reached by IP in IP where it is reached by a tunnel. */
    public Server(
        Endpoint endpoint,
        ForwardingMethod method,
        int weight,
        int upperThreshold,
        int lowerThreshold) {
      this(endpoint, method, weight, upperThreshold, lowerThreshold, Tunnel.IPIP);
    }
  }

  /** The services of this table that have these keys. */
  public Table only(Set<ServiceKey> some) {
    return of(some.stream().map(services::get).filter(Objects::nonNull).toList());
  }

  /**
   * This table where what it says of some services is what another one says of them.
   *
   * @param some the keys of these services; the other table has no others
   */
  public Table with(Set<ServiceKey> some, Table other) {
    var all = new TreeMap<>(services);
    all.keySet().removeAll(some);
    all.putAll(other.services);
    return new Table(all);
  }

  /**
   * This table after the changes, which is what an engine must hold after {@code apply}.
   *
   * @throws IllegalArgumentException when a change does not fit the table
   */
  public Table with(List<TableOp> changes) {
    var draft = new TableDraft(this);
    changes.forEach(draft::apply);
    return draft.table();
  }
}
