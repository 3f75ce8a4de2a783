package org.lvsdirector.engine;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.lvsdirector.config.Endpoint;
import org.lvsdirector.config.ServiceKey;
import org.lvsdirector.engine.Table.Server;
import org.lvsdirector.engine.Table.Service;
import org.lvsdirector.engine.Table.ServiceSettings;

/** One change of a table. */
public sealed interface TableOp {

  /** The service that the change concerns. */
  ServiceKey key();

  /** A new service without servers. */
  record AddService(ServiceKey key, ServiceSettings settings) implements TableOp {}

  /** Other settings for a service; its servers and connections stay. */
  record SetService(ServiceKey key, ServiceSettings settings) implements TableOp {}

  /** A service leaves, with its servers. */
  record DeleteService(ServiceKey key) implements TableOp {}

  /** A new server of a service. */
  record AddServer(ServiceKey key, Server server) implements TableOp {}

  /** Other settings for a server; its connections stay. */
  record SetServer(ServiceKey key, Server server) implements TableOp {}

  /** A server leaves. */
  record DeleteServer(ServiceKey key, Endpoint endpoint) implements TableOp {}

  /**
   * Makes the change in a mutable copy of a table.
   *
   * @throws IllegalArgumentException when it does not fit: what is added exists, what is changed or
   *     deleted does not
   */
  default void applyTo(Map<ServiceKey, Service> services) {
    var present = services.get(key());
    if (this instanceof AddService add) {
      require(present == null, "service exists");
      services.put(key(), Service.of(key(), add.settings(), List.of()));
      return;
    }
    if (present == null) {
      throw new IllegalArgumentException(this + ": no such service");
    }
    switch (this) {
      case AddService add -> throw new AssertionError(add);
      case SetService set ->
          services.put(key(), new Service(key(), set.settings(), present.servers()));
      case DeleteService _ -> services.remove(key());
      case AddServer add -> {
        require(!present.servers().containsKey(add.server().endpoint()), "server exists");
        services.put(key(), with(present, add.server()));
      }
      case SetServer set -> {
        require(present.servers().containsKey(set.server().endpoint()), "no such server");
        services.put(key(), with(present, set.server()));
      }
      case DeleteServer delete -> {
        var servers = new TreeMap<>(present.servers());
        require(servers.remove(delete.endpoint()) != null, "no such server");
        services.put(key(), new Service(key(), present.settings(), servers));
      }
    }
  }

  private static Service with(Service service, Server server) {
    var servers = new TreeMap<>(service.servers());
    servers.put(server.endpoint(), server);
    return new Service(service.key(), service.settings(), servers);
  }

  private void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(this + ": " + otherwise);
    }
  }
}
