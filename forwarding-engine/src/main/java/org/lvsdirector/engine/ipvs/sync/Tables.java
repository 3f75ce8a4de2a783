// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.ipvs.sync;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.lvsdirector.engine.ipvs.KernelSync;
import org.lvsdirector.engine.ipvs.sync.exchange.ConnectionEntry;
import org.lvsdirector.engine.ipvs.sync.exchange.Lifetimes;
import org.lvsdirector.engine.ipvs.sync.exchange.SyncEntry;
import org.lvsdirector.engine.table.Table;
import org.lvsdirector.linux.Libc;
import org.lvsdirector.linux.LinkName;

/** This machine's services and connections, and the way to the partner's kernel. */
final class Tables {
  private final SyncSettings settings;
  private final KernelSync kernel;
  private final Supplier<Table> services;

  Tables(SyncSettings settings, KernelSync kernel, Supplier<Table> services) {
    this.settings = settings;
    this.kernel = kernel;
    this.services = services;
  }

  /** The services. */
  Table table() throws IOException {
    try {
      return services.get();
    } catch (RuntimeException e) {
      throw new IOException("cannot read the services: " + e.getMessage(), e);
    }
  }

  /** How long flows live. */
  Lifetimes lifetimes() throws IOException {
    return lifetimes(table());
  }

  /** How long flows of these services live. */
  Lifetimes lifetimes(Table table) throws IOException {
    var idle = kernel.idle();
    return new Lifetimes(idle.tcp(), idle.udp(), table);
  }

  /** Gives every flow that outlives a failover. */
  void flows(Consumer<ConnectionEntry> consumer) throws IOException {
    new ConnectionEntryFile(settings.connections()).read(consumer);
  }

  /** Tells the partner's kernel of connections. */
  void send(List<SyncEntry> entries) throws IOException {
    var sync = settings.sync();
    try (var injector = Injector.open(LinkName.present(Libc.system(), sync.device()), sync.id())) {
      injector.send(entries);
    }
  }
}
