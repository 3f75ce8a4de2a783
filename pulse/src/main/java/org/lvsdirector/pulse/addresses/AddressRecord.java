// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.addresses;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.lvsdirector.config.IpAddress;
import org.lvsdirector.linux.HostAddress;
import org.lvsdirector.linux.NoteFile;
import org.lvsdirector.linux.Sysctl;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The addresses that this director has added, in a file that survives the process but not the boot.
 * Written behind the caller's back, so that a hanging disk delays no takeover.
 */
final class AddressRecord implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AddressRecord.class);
  private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");
  private static final long CLOSE_SECONDS = 2;

  private final Path file;
  private final String bootId = bootId();
  private final ExecutorService writer =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().name("pulse-address-record").daemon().factory());

  AddressRecord(Path file) {
    this.file = file;
  }

  /** What an earlier process of this boot has recorded; empty when there is no such thing. */
  static Set<HostAddress> read(Path file) {
    try {
      var lines = NoteFile.read(file).lines().toList();
      var hosts = new HashSet<HostAddress>();
      if (lines.isEmpty() || !lines.getFirst().equals(bootId())) {
        return hosts;
      }
      for (var line : lines.subList(1, lines.size())) {
        var address = IpAddress.parse(line);
        if (address != null) {
          hosts.add(Interfaces.host(address));
        }
      }
      return hosts;
    } catch (IOException e) {
      LOG.debug("no record of addresses in {}", file, e);
      return Set.of();
    }
  }

  /** Records these addresses, soon. */
  void write(Collection<HostAddress> hosts) {
    var text =
        hosts.stream()
            .map(Interfaces::text)
            .sorted()
            .collect(Collectors.joining("\n", bootId + "\n", "\n"));
    writer.execute(() -> writeNow(text));
  }

  private void writeNow(String text) {
    try {
      NoteFile.replace(file, text);
    } catch (IOException e) {
      LOG.warn("cannot record the virtual addresses in {}: {}", file, e.toString());
    }
  }

  /** Names this boot. */
  private static String bootId() {
    try {
      return Sysctl.read(BOOT_ID);
    } catch (IOException _) {
      return "unknown boot";
    }
  }

  /** Writes what is to be written, but does not wait for ever. */
  @Override
  public void close() {
    writer.shutdown();
    try {
      if (!writer.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("{} is not written in time", file);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
