// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.ipvs;

import org.lvsdirector.config.ServiceKey;
import org.lvsdirector.engine.table.Table.Server;
import org.lvsdirector.engine.table.TableOp;
import org.lvsdirector.engine.table.TableOp.AddServer;
import org.lvsdirector.engine.table.TableOp.AddService;
import org.lvsdirector.engine.table.TableOp.DeleteServer;
import org.lvsdirector.engine.table.TableOp.DeleteService;
import org.lvsdirector.engine.table.TableOp.SetServer;
import org.lvsdirector.engine.table.TableOp.SetService;
import org.lvsdirector.linux.Attributes;
import org.lvsdirector.linux.GenericMessage;

/** Messages to IPVS. Pure. */
final class Requests {
  private Requests() {}

  /** One change of the table: always one message. */
  static GenericMessage of(TableOp change) {
    return switch (change) {
      case AddService add ->
          service(Abi.NEW_SERVICE, KernelService.of(add.key(), add.settings()).encode());
      case SetService set ->
          service(Abi.SET_SERVICE, KernelService.of(set.key(), set.settings()).encode());
      case DeleteService delete -> service(Abi.DEL_SERVICE, KernelService.encodeKey(delete.key()));
      case AddServer add -> server(Abi.NEW_DEST, add.key(), encode(add.server()));
      case SetServer set -> server(Abi.SET_DEST, set.key(), encode(set.server()));
      case DeleteServer delete ->
          server(Abi.DEL_DEST, delete.key(), KernelServer.encodeKey(delete.endpoint()));
    };
  }

  /** Every service. */
  static GenericMessage listServices() {
    return message(Abi.GET_SERVICE, new Attributes.Writer());
  }

  /** One service. */
  static GenericMessage service(KernelService.Selector service) {
    return service(Abi.GET_SERVICE, service.encode());
  }

  /** Every server of a service; the list of a service that is not there is empty. */
  static GenericMessage listServers(KernelService.Selector service) {
    return service(Abi.GET_DEST, service.encode());
  }

  /** A message with nothing in it. */
  static GenericMessage plain(int command) {
    return message(command, new Attributes.Writer());
  }

  /** A message about a sync daemon. */
  static GenericMessage daemon(int command, Attributes.Writer daemon) {
    return message(command, new Attributes.Writer().nested(Abi.DAEMON, daemon));
  }

  /** Sets the timeouts of connections. */
  static GenericMessage set(KernelTimeouts timeouts) {
    return message(Abi.SET_CONFIG, timeouts.encode());
  }

  private static Attributes.Writer encode(Server server) {
    return KernelServer.of(server).encode();
  }

  private static GenericMessage service(int command, Attributes.Writer service) {
    return message(command, new Attributes.Writer().nested(Abi.SERVICE, service));
  }

  private static GenericMessage server(int command, ServiceKey key, Attributes.Writer server) {
    return message(
        command,
        new Attributes.Writer()
            .nested(Abi.SERVICE, KernelService.encodeKey(key))
            .nested(Abi.DEST, server));
  }

  private static GenericMessage message(int command, Attributes.Writer attributes) {
    return new GenericMessage(command, Abi.VERSION, attributes.encode());
  }
}
