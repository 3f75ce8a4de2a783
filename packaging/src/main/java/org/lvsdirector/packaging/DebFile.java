// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.packaging;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.commons.compress.archivers.ar.ArArchiveEntry;
import org.apache.commons.compress.archivers.ar.ArArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/**
 * A Debian package; deb(5): an ar archive of a version, a compressed tar with what dpkg is to know,
 * and one with the files.
 *
 * @param source what it is made of
 * @param version as Debian compares them
 * @param architecture as Debian calls it
 */
record DebFile(Packages.Source source, String version, String architecture) {
  static final String MAINTAINER = "lvs-director maintainers <maintainers@lvs-director.example>";
  private static final List<String> SCRIPTS = List.of("postinst", "prerm", "postrm");
  private static final int KIBI = 1024;

  /** Writes it. */
  void write(Path file, List<Entry> entries) throws IOException {
    var data = new ByteArrayOutputStream();
    try (var tar = tar(data)) {
      files(entries, tar);
    }
    var control = new ByteArrayOutputStream();
    try (var tar = tar(control)) {
      control(entries, tar);
    }
    Files.deleteIfExists(file);
    try (var ar = new ArArchiveOutputStream(Files.newOutputStream(file))) {
      member(ar, "debian-binary", "2.0\n".getBytes(StandardCharsets.US_ASCII));
      member(ar, "control.tar" + suffix(), control.toByteArray());
      member(ar, "data.tar" + suffix(), data.toByteArray());
    }
  }

  private void member(ArArchiveOutputStream ar, String name, byte[] bytes) throws IOException {
    ar.putArchiveEntry(
        new ArArchiveEntry(name, bytes.length, 0, 0, 0100644, source.time().getEpochSecond()));
    ar.write(bytes);
    ar.closeArchiveEntry();
  }

  private TarArchiveOutputStream tar(OutputStream to) throws IOException {
    var tar = new TarArchiveOutputStream(isPlain() ? to : compressed(to));
    tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
    return tar;
  }

  private boolean isPlain() {
    return source.effort() == Packages.Source.QUICK;
  }

  private String suffix() {
    return isPlain() ? "" : ".xz";
  }

  private OutputStream compressed(OutputStream to) throws IOException {
    return new XZOutputStream(to, new LZMA2Options(source.effort()));
  }

  // ---- the files -------------------------------------------------------------------------------

  private void files(List<Entry> entries, TarArchiveOutputStream tar) throws IOException {
    folder(tar, "./");
    var made = new TreeSet<String>();
    for (var entry : entries) {
      parents(entry.path(), made, tar);
      switch (entry) {
        case Entry.Folder folder -> {
          if (made.add(folder.path())) {
            folder(tar, "./" + folder.path() + "/");
          }
        }
        case Entry.Link link -> {
          var header = new TarArchiveEntry("./" + link.path(), TarConstants.LF_SYMLINK);
          header.setLinkName(link.target());
          put(tar, header, link.mode(), new byte[0]);
        }
        case Entry.Plain plain ->
            put(
                tar,
                new TarArchiveEntry("./" + plain.path()),
                plain.mode(),
                plain.content().bytes());
      }
    }
  }

  /** Folders that other packages have too. */
  private void parents(String path, Set<String> made, TarArchiveOutputStream tar)
      throws IOException {
    for (var slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
      var parent = path.substring(0, slash);
      if (made.add(parent)) {
        folder(tar, "./" + parent + "/");
      }
    }
  }

  private void folder(TarArchiveOutputStream tar, String name) throws IOException {
    put(tar, new TarArchiveEntry(name), Entry.EXECUTABLE, new byte[0]);
  }

  private void put(TarArchiveOutputStream tar, TarArchiveEntry header, int mode, byte[] bytes)
      throws IOException {
    header.setMode(mode);
    header.setModTime(source.time().toEpochMilli());
    header.setIds(0, 0);
    header.setNames("root", "root");
    header.setSize(bytes.length);
    tar.putArchiveEntry(header);
    tar.write(bytes);
    tar.closeArchiveEntry();
  }

  // ---- what dpkg is to know --------------------------------------------------------------------

  private void control(List<Entry> entries, TarArchiveOutputStream tar) throws IOException {
    folder(tar, "./");
    var sums = new StringBuilder();
    var conffiles = new StringBuilder();
    var bytes = 0L;
    for (var entry : entries) {
      if (entry instanceof Entry.Plain plain) {
        var content = plain.content().bytes();
        bytes += content.length;
        if (plain.isConfig()) {
          conffiles.append('/').append(plain.path()).append('\n');
        }
        sums.append(md5(content)).append("  ").append(plain.path()).append('\n');
      }
    }
    text(tar, "control", control(bytes / KIBI), Entry.READABLE);
    text(tar, "conffiles", conffiles.toString(), Entry.READABLE);
    text(tar, "md5sums", sums.toString(), Entry.READABLE);
    for (var script : SCRIPTS) {
      var file = source.project().resolve("packaging/src/main/deb").resolve(script);
      text(tar, script, Files.readString(file), Entry.EXECUTABLE);
    }
  }

  private void text(TarArchiveOutputStream tar, String name, String text, int mode)
      throws IOException {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    put(tar, new TarArchiveEntry("./" + name), mode, bytes);
  }

  private String control(long kibibytes) {
    return """
    Package: lvs-director
    Version: %s
    Section: net
    Priority: optional
    Architecture: %s
    Maintainer: %s
    Installed-Size: %d
    Depends: adduser, init-system-helpers (>= 1.54), libc6 (>= 2.34)
    Suggests: ipvsadm, iproute2
    Description: %s
    %s\
    """
        .formatted(
            version,
            architecture,
            MAINTAINER,
            kibibytes,
            Description.SUMMARY,
            Description.paragraphs(" ", "."));
  }

  private static String md5(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
