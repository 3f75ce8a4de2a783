// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A small file in which a process notes something for the one after it. */
public final class NoteFile {
  private NoteFile() {}

  /**
   * Puts a text in the place of the file, whole or not at all, and makes its folder. It survives
   * the process, at any moment; not the machine.
   */
  public static void replace(Path file, String text) throws IOException {
    var folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    var fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.writeString(fresh, text);
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
