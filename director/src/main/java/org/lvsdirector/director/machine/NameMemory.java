// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.machine;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.IpAddress;
import org.lvsdirector.config.IpAddress.Family;
import org.lvsdirector.linux.NoteFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The addresses that the host names in lvs.cf had when the file was last taken. A name server that
 * is away, after a restart too, then costs no service. Any thread.
 */
public final class NameMemory {
  private static final Logger LOG = LoggerFactory.getLogger(NameMemory.class);

  /** Remembers nothing. */
  public static final NameMemory NONE = new NameMemory(null, Map.of());

  private final @Nullable Path file;
  private volatile Map<Asked, IpAddress> addresses;

  /**
   * What is looked up.
   *
   * @param host the name as written
   * @param preferred the family to take when it has both
   */
  record Asked(String host, Family preferred) implements Comparable<Asked> {
    @Override
    public int compareTo(Asked other) {
      var byHost = host.compareTo(other.host);
      return byHost != 0 ? byHost : preferred.compareTo(other.preferred);
    }
  }

  private NameMemory(@Nullable Path file, Map<Asked, IpAddress> addresses) {
    this.file = file;
    this.addresses = Map.copyOf(addresses);
  }

  /** What an earlier daemon kept in this folder; nothing where that cannot be read. */
  public static NameMemory in(Path stateDir) {
    var file = stateDir.resolve("names");
    var addresses = new TreeMap<Asked, IpAddress>();
    try {
      NoteFile.read(file).lines().forEach(line -> read(line, addresses));
    } catch (NoSuchFileException _) {
      // The first start.
    } catch (IOException unreadable) {
      LOG.warn("cannot read the last known addresses of host names: {}", unreadable.toString());
    }
    return new NameMemory(file, addresses);
  }

  private static void read(String line, Map<Asked, IpAddress> addresses) {
    var words = line.split(" ", -1);
    if (words.length == 3) {
      var address = IpAddress.parse(words[2]);
      for (var family : Family.values()) {
        if (address != null && family.name().equals(words[1])) {
          addresses.put(new Asked(words[0], family), address);
        }
      }
    }
  }

  /** The address of a name; null when none is known. */
  @Nullable IpAddress address(Asked name) {
    return addresses.get(name);
  }

  /** Keeps these answers, and forgets all others. */
  void keep(Map<Asked, IpAddress> answers) {
    if (answers.equals(addresses)) {
      return;
    }
    addresses = Map.copyOf(answers);
    if (file == null) {
      return;
    }
    try {
      NoteFile.replace(file, text());
    } catch (IOException unwritable) {
      LOG.warn(
          "the addresses of host names are known until the end of this daemon only: {}",
          unwritable.toString());
    }
  }

  private String text() {
    return new TreeMap<>(addresses)
        .entrySet().stream()
            .map(e -> e.getKey().host() + " " + e.getKey().preferred() + " " + e.getValue() + "\n")
            .collect(Collectors.joining());
  }
}
