// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.packaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * A small Debian below a folder, in which packages are installed without touching this machine. It
 * has no Java.
 *
 * @param folder its {@code /}
 */
record Root(Path folder) implements AutoCloseable {
  /** Unpacks one. */
  static Root unpack(Path folder) throws IOException {
    Files.createDirectories(folder);
    Built.run("tar", "-C", folder.toString(), "-xf", tar());
    return new Root(folder);
  }

  /** The whole root as a tar file, made when there is none yet. */
  private static String tar() throws IOException {
    var said = Built.run(Built.PROJECT.resolve("tools/debian-root").toString());
    return said.lines().toList().getLast();
  }

  /** Puts a file there. */
  void copy(Path file, String to) throws IOException {
    Files.copy(file, folder.resolve(to), StandardCopyOption.REPLACE_EXISTING);
  }

  /** Runs a shell script in it, with processes of its own. */
  String run(String script) throws IOException {
    return Tool.run(
        folder,
        List.of(
            "unshare",
            "--mount",
            "--pid",
            "--fork",
            "--kill-child",
            "sh",
            "-c",
            "mount -t proc proc \"$1/proc\" && exec chroot \"$1\" sh -ec \"$2\"",
            "sh",
            folder.toString(),
            "export DEBIAN_FRONTEND=noninteractive LC_ALL=C; " + script));
  }

  /** Every file in it but what package tools keep for themselves. */
  List<String> files() throws IOException {
    return Built.run(
            "find",
            folder.toString(),
            "-xdev",
            "-regextype",
            "posix-extended",
            "-regex",
            folder
                + "/(proc|sys|dev|tmp|var/(lib/(dpkg|apt|rpm|systemd)|cache|log|backups)|root|run)",
            "-prune",
            "-o",
            "-printf",
            "%P\\n")
        .lines()
        .filter(
            name -> !name.matches("etc/(passwd|group|shadow|gshadow|subuid|subgid)-?|etc/.*lock"))
        .sorted()
        .toList();
  }

  @Override
  public void close() throws IOException {
    Tree.delete(folder);
  }
}
