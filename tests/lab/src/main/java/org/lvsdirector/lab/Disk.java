// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A small file system in memory under a folder, which can be full. */
final class Disk {
  private static final int CHUNK = 4096;

  private final Path folder;
  private final Path ballast;

  private Disk(Path folder) {
    this.folder = folder;
    ballast = folder.resolve("ballast");
  }

  /**
   * Mounts one.
   *
   * @param name what the janitor knows it by
   */
  static Disk mount(String name, Path folder) throws IOException {
    Files.createDirectories(folder);
    Commands.run(List.of("mount", "-t", "tmpfs", "-o", "size=256k", name, folder.toString()));
    return new Disk(folder);
  }

  /** Leaves no byte free. */
  void fill() throws IOException {
    try (var out = Files.newOutputStream(ballast)) {
      while (true) {
        out.write(new byte[CHUNK]);
      }
    } catch (IOException full) {
      if (folder.toFile().getUsableSpace() > 0) {
        throw full;
      }
    }
  }

  /** Makes room again. */
  void clear() throws IOException {
    Files.deleteIfExists(ballast);
  }

  void unmount() throws IOException {
    Commands.run(List.of("umount", "-l", folder.toString()));
  }
}
