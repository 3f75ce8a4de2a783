// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.ipvs.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.lvsdirector.engine.ipvs.OwnServices;
import org.lvsdirector.linux.NoteFile;
import org.lvsdirector.linux.Sysctl;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The kernel's settings on this machine: read, set to what is needed, and put back. What they were
 * is written to a file before they are changed, so it survives a death in between; the file names
 * the boot and the network namespace for which it holds. For one thread.
 */
public final class HostSettings {
  private static final Logger LOG = LoggerFactory.getLogger(HostSettings.class);

  private final Path settings;
  private final Path notes;
  private final String place;

  /**
   * The settings in a folder.
   *
   * @param settings {@code /proc/sys}
   * @param notes the file that keeps what they were
   */
  public HostSettings(Path settings, Path notes) {
    this(settings, notes, OwnServices.presentTable());
  }

  HostSettings(Path settings, Path notes, String place) {
    this.settings = settings;
    this.notes = notes;
    this.place = place;
  }

  /** What a setting is now; empty when this kernel does not have it, or not yet. */
  public Optional<String> present(HostSetting setting) {
    return read(settings.resolve(setting.path()));
  }

  /** Whether a setting is as it must be, or is none of this kernel. */
  public boolean isRight(HostSetting setting) {
    return present(setting).map(value -> setting.isRight(value, devices(setting))).orElse(true);
  }

  /** The values for the devices of a setting that is named for all of them. */
  private Map<String, String> devices(HostSetting setting) {
    var parts = setting.path().split("/all/", 2);
    var values = new TreeMap<String, String>();
    if (parts.length < 2) {
      return values;
    }
    try (var folders = Files.list(settings.resolve(parts[0]))) {
      for (var folder : folders.toList()) {
        var name = String.valueOf(folder.getFileName());
        if (!List.of("all", "default", "lo").contains(name)) {
          read(folder.resolve(parts[1])).ifPresent(value -> values.put(name, value));
        }
      }
    } catch (IOException e) {
      LOG.debug("cannot list the devices of {}", setting.name(), e);
    }
    return values;
  }

  /** Sets what is not as it must be; a setting that cannot be set is logged, and left. */
  public void set(List<HostSetting> needed) {
    if (needed.isEmpty()) {
      return;
    }
    var before = before();
    for (var setting : needed) {
      var present = present(setting).orElse("");
      if (isRight(setting)) {
        continue;
      }
      before.putIfAbsent(setting.name(), present);
      if (isNoted(before) && isWritten(setting.path(), setting.value())) {
        LOG.info(
            "{} {} -> {}: otherwise {}",
            setting.name(),
            present,
            setting.value(),
            setting.otherwise());
      }
    }
  }

  /** Puts back what was set, unless somebody else has changed it since. */
  public void restore(List<HostSetting> set) {
    if (set.isEmpty()) {
      return;
    }
    var before = before();
    for (var setting : set) {
      var value = before.remove(setting.name());
      if (value != null
          && present(setting).filter(setting.value()::equals).isPresent()
          && isWritten(setting.path(), value)) {
        LOG.info("{} {} -> {}, as it was", setting.name(), setting.value(), value);
      }
    }
    var _ = isNoted(before);
  }

  /** What settings were before they were set, by name. */
  private Map<String, String> before() {
    var before = new LinkedHashMap<String, String>();
    var lines = lines(notes);
    if (!lines.isEmpty() && lines.getFirst().equals(place)) {
      for (var line : lines.subList(1, lines.size())) {
        var words = line.split("=", 2);
        if (words.length == 2) {
          before.put(words[0], words[1]);
        }
      }
    }
    return before;
  }

  private boolean isNoted(Map<String, String> before) {
    var lines = new ArrayList<>(List.of(place));
    before.forEach((name, value) -> lines.add(name + "=" + value));
    try {
      if (before.isEmpty()) {
        Files.deleteIfExists(notes);
        return true;
      }
      NoteFile.replace(notes, String.join("\n", lines) + "\n");
      return true;
    } catch (IOException e) {
      LOG.warn("cannot write {}, so kernel settings are left alone: {}", notes, e.toString());
      return false;
    }
  }

  private boolean isWritten(String path, String value) {
    try {
      Files.writeString(settings.resolve(path), value);
      return true;
    } catch (IOException e) {
      LOG.warn("cannot set {} to {}: {}", path, value, e.toString());
      return false;
    }
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException _) {
      return List.of();
    }
  }

  private static Optional<String> read(Path file) {
    try {
      return Optional.of(Sysctl.read(file));
    } catch (IOException _) {
      return Optional.empty();
    }
  }
}
