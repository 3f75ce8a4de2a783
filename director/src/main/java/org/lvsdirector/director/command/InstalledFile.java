// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.linux.NoteFile;
import org.lvsdirector.pulse.seal.KeyFile;
import org.lvsdirector.pulse.seal.KeyRing;

/** Files that a command writes and the daemon reads, which is another user as a rule. */
final class InstalledFile {
  /** The user and the group that the packages make for the daemon. */
  static final String DAEMON = "lvs-director";

  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> GROUP_READS =
      PosixFilePermissions.fromString("rw-r-----");

  private InstalledFile() {}

  /**
   * Writes a key file, its owner's alone: who had it before, or else the daemon's user where there
   * is one and this process may give it away.
   */
  static void writeKeys(Path file, KeyRing keys) throws IOException {
    var before = attributes(file);
    KeyFile.write(file, keys);
    var owner = before == null ? user(file) : before.owner();
    var group = before == null ? group(file) : before.group();
    give(file, owner, group, OWNER_ONLY);
  }

  /**
   * Writes a configuration, with the rights of the one that was there, or else for its owner and
   * the daemon's group: it may hold a password.
   */
  static void writeText(Path file, String text) throws IOException {
    var target = Files.exists(file) ? file.toRealPath() : file;
    var before = attributes(target);
    NoteFile.replaceDurably(target, text, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    if (before == null) {
      give(target, null, group(target), GROUP_READS);
    } else {
      give(target, before.owner(), before.group(), before.permissions());
    }
  }

  private static @Nullable PosixFileAttributes attributes(Path file) throws IOException {
    return Files.exists(file) ? Files.readAttributes(file, PosixFileAttributes.class) : null;
  }

  /** Follows no link: what was just written is no link, and what has become one is not ours. */
  private static void give(
      Path file,
      @Nullable UserPrincipal owner,
      @Nullable GroupPrincipal group,
      Set<PosixFilePermission> rights)
      throws IOException {
    Files.setPosixFilePermissions(file, rights);
    var view =
        Files.getFileAttributeView(file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    var now = view.readAttributes();
    if (!isRoot(file)) {
      return;
    }
    if (group != null && !group.equals(now.group())) {
      view.setGroup(group);
    }
    if (owner != null && !owner.equals(now.owner())) {
      view.setOwner(owner);
    }
  }

  /** Whether this process may give files away: what it just wrote is root's. */
  private static boolean isRoot(Path file) throws IOException {
    return Files.getAttribute(file, "unix:uid", LinkOption.NOFOLLOW_LINKS).equals(0);
  }

  private static @Nullable UserPrincipal user(Path file) throws IOException {
    try {
      return file.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(DAEMON);
    } catch (UserPrincipalNotFoundException _) {
      return null;
    }
  }

  private static @Nullable GroupPrincipal group(Path file) throws IOException {
    try {
      return file.getFileSystem()
          .getUserPrincipalLookupService()
          .lookupPrincipalByGroupName(DAEMON);
    } catch (UserPrincipalNotFoundException _) {
      return null;
    }
  }
}
