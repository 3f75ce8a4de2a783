// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.linux;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.util.Set;

/**
 * A small file in which a process notes something for the one after it. Links are not followed, and
 * nothing but a regular file is opened: root reads such files too, in folders of a user that has
 * less rights. Neither reading nor replacing waits for long for a disk that does not answer.
 */
public final class NoteFile {
  private static final Set<StandardOpenOption> NEW =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

  /** Far more than anything that is noted. */
  private static final int MAX_BYTES = 16 << 20;

  private NoteFile() {}

  /**
   * The text of the file.
   *
   * @throws java.nio.file.NoSuchFileException when there is none
   * @throws IOException when it is no regular file, too long, or its disk does not answer
   */
  public static String read(Path file) throws IOException {
    return DiskWork.OF_THIS_PROCESS.call(file, () -> readNow(file));
  }

  private static String readNow(Path file) throws IOException {
    var attributes =
        Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (!attributes.isRegularFile()) {
      throw new IOException(file + " is no regular file: remove it");
    }
    try (var in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      var bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new IOException(file + " has more than " + MAX_BYTES + " bytes: remove it");
      }
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  /**
   * Puts a text in the place of the file, whole or not at all, and makes its folder. It survives
   * the process, at any moment; not the machine.
   */
  public static void replace(Path file, String text) throws IOException {
    var _ = DiskWork.OF_THIS_PROCESS.call(file, () -> replaceNow(file, text));
  }

  private static Path replaceNow(Path file, String text) throws IOException {
    makeFolder(file);
    var fresh = fresh(file);
    removeLeftover(fresh);
    Files.writeString(fresh, text, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    return Files.move(
        fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
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
    removeLeftover(fresh);
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

  /** Whatever a process that died, or somebody else, put there; no folder. */
  private static void removeLeftover(Path fresh) throws IOException {
    if (!Files.isDirectory(fresh, LinkOption.NOFOLLOW_LINKS)) {
      Files.deleteIfExists(fresh);
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
