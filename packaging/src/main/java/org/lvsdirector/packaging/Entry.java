// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.packaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a package puts somewhere; it belongs to root. */
sealed interface Entry {
  int EXECUTABLE = 0755;
  int READABLE = 0644;

  /** Where, without the first slash. */
  String path();

  /** The permissions. */
  int mode();

  /**
   * A file.
   *
   * @param isConfig whether the user may change it, and upgrades keep that
   */
  record Plain(String path, Content content, int mode, boolean isConfig) implements Entry {}

  /** A folder that is the package's own. */
  record Folder(String path) implements Entry {
    @Override
    public int mode() {
      return EXECUTABLE;
    }
  }

  /** A symbolic link. */
  record Link(String path, String target) implements Entry {
    @Override
    public int mode() {
      return 0777;
    }
  }

  /** Where the bytes of a file are. */
  sealed interface Content {
    /** All of them. */
    byte[] bytes() throws IOException;

    /** On disk. */
    record OnDisk(Path file) implements Content {
      @Override
      public byte[] bytes() throws IOException {
        return Files.readAllBytes(file);
      }
    }

    /** Made for the package. */
    final class Made implements Content {
      private final byte[] bytes;

      Made(byte[] bytes) {
        this.bytes = bytes.clone();
      }

      @Override
      public byte[] bytes() {
        return bytes.clone();
      }
    }
  }
}
