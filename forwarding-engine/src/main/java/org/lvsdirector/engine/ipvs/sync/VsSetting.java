// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.ipvs.sync;

import java.util.List;

/**
 * A kernel setting that connection sync needs, below /proc/sys/net/ipv4/vs.
 *
 * @param name the name there
 * @param value what it must be, numbers parted by one blank
 * @param reason why
 */
public record VsSetting(String name, String value, String reason) {

  /** All of them; both directors need them, since either may become active. */
  public static final List<VsSetting> ALL =
      List.of(
          new VsSetting("sync_version", "1", "version 0 knows neither IPv6 nor timeouts"),
          new VsSetting(
              "sync_ports", "1", "both directors must use the same, and one port is enough"),
          new VsSetting(
              "sync_sock_size",
              "4194304",
              "a burst of new connections must fit; net.core.rmem_max and wmem_max bound it"),
          new VsSetting(
              "sync_threshold",
              "0 0",
              "a connection is told as soon as it is established, not at its 3rd, 53rd packet"),
          new VsSetting(
              "sync_refresh_period",
              "10",
              "and again when it has lived 10 s longer, however many packets it has"),
          new VsSetting(
              "sync_persist_mode", "0", "connections of persistent services are told as well"),
          new VsSetting(
              "backup_only", "0", "a director whose backup daemon still runs must forward"));

  /** Whether a text of the kernel says this value. */
  public boolean isSetTo(String text) {
    return normal(text).equals(value);
  }

  /** Blanks and tabs as one blank. */
  static String normal(String value) {
    return value.strip().replaceAll("\\s+", " ");
  }
}
