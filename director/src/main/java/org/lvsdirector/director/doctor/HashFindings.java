// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.doctor;

import java.util.List;
import java.util.Optional;
import org.lvsdirector.engine.Capability;
import org.lvsdirector.engine.EngineKind;
import org.lvsdirector.engine.TableLoad;
import org.lvsdirector.engine.TableLoad.Hash;
import org.lvsdirector.engine.ipvs.TableLoadText;

/**
 * How full the tables are in which the kernel looks up each packet, and what makes them larger:
 * that differs before Linux 7.1, which has tables that grow.
 *
 * @param files where the kernel tells it
 * @param kind the engine that would be opened
 */
record HashFindings(MachineFiles files, EngineKind kind) {
  private static final String BITS = "sys/module/ip_vs/parameters/conn_tab_bits";
  private static final String CONNECTIONS = "table of connections";
  private static final String SERVICES = "table of services";

  /** None for an engine without a table in the kernel, or before the kernel has one. */
  List<Finding> all() {
    var bits = files.text(BITS).filter(text -> text.matches("[0-9]{1,2}")).map(Integer::valueOf);
    if (!kind.can().contains(Capability.LISTING) || bits.isEmpty()) {
      return List.of();
    }
    if (!files.exists(TableLoadText.FILE)) {
      return List.of(fixed(bits.get()));
    }
    return load()
        .map(load -> List.of(connections(load.connections(), bits.get()), services(load)))
        .orElseGet(() -> List.of(unread()));
  }

  private Optional<TableLoad> load() {
    return files.text(TableLoadText.FILE).flatMap(TableLoadText::parse);
  }

  private String kernel() {
    return "kernel " + files.sysctl("kernel.osrelease").orElse("of unknown release");
  }

  private Finding fixed(int bits) {
    return Finding.ok(
        CONNECTIONS,
        ("%s, before 7.1: %d buckets, and it does not grow. Many more connections than that make"
                + " every packet slower; `options ip_vs conn_tab_bits=20` in /etc/modprobe.d, and"
                + " the module loaded anew")
            .formatted(kernel(), 1L << bits));
  }

  private Finding unread() {
    return Finding.ok(
        CONNECTIONS, kernel() + ": it grows by itself; only root may read /" + TableLoadText.FILE);
  }

  private Finding connections(Hash hash, int bits) {
    if (hash.longChains() == 0) {
      return Finding.ok(CONNECTIONS, text(hash) + ", grows by itself up to " + (1L << bits));
    }
    return hash.buckets() >= 1L << bits
        ? Finding.warning(
            CONNECTIONS,
            text(hash) + slow(hash) + ", and it cannot grow: conn_tab_bits is " + bits,
            "`options ip_vs conn_tab_bits=%d` in /etc/modprobe.d, and the module loaded anew"
                .formatted(Math.min(bits + 4, 27)))
        : chains(CONNECTIONS, hash, "conn_lfactor");
  }

  private Finding services(TableLoad load) {
    var hash = load.services();
    return hash.longChains() == 0
        ? Finding.ok(SERVICES, text(hash) + ", grows by itself")
        : chains(SERVICES, hash, "svc_lfactor");
  }

  private Finding chains(String name, Hash hash, String setting) {
    return Finding.warning(
        name,
        text(hash) + slow(hash),
        "sysctl -w net.ipv4.vs.%s=%d, and write it to /etc/sysctl.d"
            .formatted(setting, Math.max(hash.growthExponent() - 1, -8)));
  }

  private String text(Hash hash) {
    return "%s: %d in %d buckets".formatted(kernel(), hash.entries(), hash.buckets());
  }

  private static String slow(Hash hash) {
    return ", %d of them with chains of %d or more, which make packets slower"
        .formatted(hash.longChains(), TableLoadText.LONG_CHAIN);
  }
}
