// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.seal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import org.lvsdirector.linux.NoteFile;

/** A file of keys, for its owner's eyes only. */
public final class KeyFile {

  private static final int MAX_BYTES = 16 << 10;
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> OTHERS =
      EnumSet.complementOf(
          EnumSet.of(
              PosixFilePermission.OWNER_READ,
              PosixFilePermission.OWNER_WRITE,
              PosixFilePermission.OWNER_EXECUTE));

  private KeyFile() {}

  /**
   * The keys of a file.
   *
   * @throws IOException when it cannot be read, holds something else, or is open to others; the
   *     message names the file and the way out
   */
  public static KeyRing read(Path file) throws IOException {
    try {
      var open = EnumSet.copyOf(OTHERS);
      open.retainAll(Files.getPosixFilePermissions(file));
      if (!open.isEmpty()) {
        throw new IOException(
            "key file "
                + file
                + " is open to others than its owner: chmod 600 "
                + file
                + ", and make a new key if anybody may have read it");
      }
      if (!Files.isRegularFile(file)) {
        throw new IOException("key file " + file + " is no regular file");
      }
      if (Files.size(file) > MAX_BYTES) {
        throw new IOException("key file " + file + " is no key file: it is too long");
      }
      return KeyRing.parse(Files.readString(file, StandardCharsets.US_ASCII));
    } catch (NoSuchFileException _) {
      throw new IOException(
          "key file "
              + file
              + " does not exist: `director pair` on one director makes it and brings it to the"
              + " other (or make it with `director keygen "
              + file
              + "` and copy it)");
    } catch (IllegalArgumentException wrong) {
      throw new IOException("key file " + file + ": " + wrong.getMessage(), wrong);
    }
  }

  /** Writes keys, atomically, readable by the owner alone. */
  public static void write(Path file, KeyRing keys) throws IOException {
    var folder = file.toAbsolutePath().resolveSibling(".").normalize();
    if (!Files.isDirectory(folder)) {
      throw new IOException("there is no folder " + folder);
    }
    NoteFile.replaceDurably(file, keys.text(), PosixFilePermissions.asFileAttribute(OWNER_ONLY));
  }
}
