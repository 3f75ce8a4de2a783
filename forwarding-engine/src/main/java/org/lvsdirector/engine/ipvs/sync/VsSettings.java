// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.ipvs.sync;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.lvsdirector.linux.Sysctl;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the kernel's settings what connection sync needs, and puts them back. For one thread. */
public final class VsSettings {
  private static final Logger LOG = LoggerFactory.getLogger(VsSettings.class);

  private final Path folder;
  private final SyncNotes notes;

  /**
   * The settings in a folder.
   *
   * @param folder /proc/sys/net/ipv4/vs
   */
  public VsSettings(Path folder, SyncNotes notes) {
    this.folder = folder;
    this.notes = notes;
  }

  /** Sets what differs. A setting that this kernel does not have is left out. */
  public void set(List<VsSetting> wanted) throws IOException {
    for (var setting : wanted) {
      var file = folder.resolve(setting.name());
      try {
        var present = VsSetting.normal(Sysctl.read(file));
        if (!setting.isSetTo(present)) {
          notes.changing(setting.name(), present);
          Files.writeString(file, setting.value());
          LOG.info("net.ipv4.vs.{} {} -> {}", setting.name(), present, setting.value());
        }
      } catch (NoSuchFileException _) {
        LOG.debug("this kernel does not have net.ipv4.vs.{}", setting.name());
      }
    }
  }

  /** Puts back what was set and has not been changed by somebody else since. */
  public void restore(List<VsSetting> set) {
    for (var setting : set) {
      var before = notes.before().get(setting.name());
      if (before != null) {
        restore(setting, before);
        notes.restored(setting.name());
      }
    }
  }

  private void restore(VsSetting setting, String before) {
    var file = folder.resolve(setting.name());
    try {
      if (setting.isSetTo(Sysctl.read(file))) {
        Files.writeString(file, before);
        LOG.info("net.ipv4.vs.{} {} -> {}", setting.name(), setting.value(), before);
      }
    } catch (IOException e) {
      LOG.warn("net.ipv4.vs.{} stays {}: {}", setting.name(), setting.value(), e.getMessage());
    }
  }
}
