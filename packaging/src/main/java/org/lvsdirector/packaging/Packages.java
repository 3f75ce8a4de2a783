// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.packaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;

/** The DEB and the RPM. */
final class Packages {
  private Packages() {}

  /**
   * What packages are made of.
   *
   * @param project the project's root folder
   * @param home the portable folder
   * @param time what all files are dated
   * @param effort how hard to compress, 0 to 9, or {@link #QUICK}
   */
  record Source(Path project, Path home, Instant time, int effort) {
    /** What makes packages small in bearable time. */
    static final int SMALL = 2;

    /** For packages that are only tried: hardly compressed. */
    static final int QUICK = -1;
  }

  /** Makes both in a folder, and a file with their SHA-256 sums. */
  static void write(Source source, Path folder, String version) throws IOException {
    var sums = new StringBuilder();
    for (var file : both(source, folder, version)) {
      sums.append(sha256(file)).append("  ").append(file.getFileName()).append('\n');
    }
    Files.writeString(folder.resolve("SHA256SUMS"), sums);
  }

  /** Makes both in a folder, side by side. */
  static List<Path> both(Source source, Path folder, String version) throws IOException {
    Files.createDirectories(folder);
    return SideBySide.run(
        List.of(() -> deb(source, folder, version), () -> rpm(source, folder, version)));
  }

  /** What tests upgrade to: the same program with a later version. */
  static String later(String version) {
    return version.replaceFirst("-.*", "") + "+later";
  }

  private static Path deb(Source source, Path folder, String version) throws IOException {
    var contents = new Contents(source, Contents.Family.DEBIAN, debVersion(version)).entries();
    var file =
        folder.resolve("lvs-director_%s_%s.deb".formatted(debVersion(version), debArchitecture()));
    new DebFile(source, debVersion(version), debArchitecture()).write(file, contents);
    return file;
  }

  private static Path rpm(Source source, Path folder, String version) throws IOException {
    var contents = new Contents(source, Contents.Family.RPM, debVersion(version)).entries();
    var file =
        folder.resolve("lvs-director-%s-1.%s.rpm".formatted(debVersion(version), architecture()));
    new RpmFile(source, debVersion(version), architecture()).write(file, contents);
    return file;
  }

  /** What comes before a release sorts before it: 1.0~SNAPSHOT is older than 1.0. */
  private static String debVersion(String version) {
    return version.replace('-', '~');
  }

  private static String architecture() {
    return System.getProperty("os.arch").equals("aarch64") ? "aarch64" : "x86_64";
  }

  private static String debArchitecture() {
    return architecture().equals("aarch64") ? "arm64" : "amd64";
  }

  /** The SHA-256 sum of a file, in hexadecimal digits. */
  static String sha256(Path file) throws IOException {
    try {
      var digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
