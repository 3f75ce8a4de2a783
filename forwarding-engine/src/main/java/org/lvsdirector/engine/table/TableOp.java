// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.table;

import org.lvsdirector.config.Endpoint;
import org.lvsdirector.config.ServiceKey;
import org.lvsdirector.engine.table.Table.Server;
import org.lvsdirector.engine.table.Table.ServiceSettings;

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
}
