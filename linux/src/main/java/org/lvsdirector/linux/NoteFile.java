// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.linux;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.util.Set;

/** A small file in which a process notes something for the one after it. */
public final class NoteFile {
  private static final Set<StandardOpenOption> NEW =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

  private NoteFile() {}

  /**
   * Puts a text in the place of the file, whole or not at all, and makes its folder. It survives
   * the process, at any moment; not the machine.
   */
  public static void replace(Path file, String text) throws IOException {
    makeFolder(file);
    var fresh = fresh(file);
    Files.writeString(fresh, text);
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /**
   * Puts a text in the place of the file, whole or not at all, and makes its folder. Returns when
   * it is on the disk: it survives a power cut.
   *
   * @param attributes of the file, from its first byte on
   */
  public static void replaceDurably(Path file, String text, FileAttribute<?>... attributes)
      throws IOException {
    var folder = makeFolder(file);
    var fresh = fresh(file);
    Files.deleteIfExists(fresh);
    try {
      try (var channel = FileChannel.open(fresh, NEW, attributes)) {
        var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(fresh);
    }
    try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static Path fresh(Path file) {
    return file.resolveSibling(file.getFileName() + ".new");
  }

  private static Path makeFolder(Path file) throws IOException {
    var absolute = file.toAbsolutePath();
    var folder = absolute.getParent();
    if (folder == null) {
      throw new IOException(file + " is no file");
    }
    Files.createDirectories(folder);
    return folder;
  }
}
