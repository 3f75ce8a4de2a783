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
public final class Packages {
  private Packages() {}

  /**
   * What packages are made of.
   *
   * @param project the project's root folder
   * @param home the portable folder
   * @param time what all files are dated
   * @param effort how hard to compress, 0 to 9
   */
  public record Source(Path project, Path home, Instant time, int effort) {
    /** What makes packages small in bearable time. */
    static final int DEFAULT_EFFORT = 2;
  }

  /** Makes both in a folder, and a file with their SHA-256 sums. */
  static void write(Source source, Path folder, String version) throws IOException {
    var deb = deb(source, folder, version);
    var rpm = rpm(source, folder, version);
    var sums = new StringBuilder();
    for (var file : List.of(deb, rpm)) {
      sums.append(sha256(file)).append("  ").append(file.getFileName()).append('\n');
    }
    Files.writeString(folder.resolve("SHA256SUMS"), sums);
  }

  /** Makes the DEB in a folder, of this version; whatever else a version says is the same. */
  public static Path deb(Source source, Path folder, String version) throws IOException {
    var contents = new Contents(source, Contents.Family.DEBIAN, debVersion(version)).entries();
    var file =
        folder.resolve("lvs-director_%s_%s.deb".formatted(debVersion(version), debArchitecture()));
    new DebFile(source, debVersion(version), debArchitecture()).write(file, contents);
    return file;
  }

  /** Makes the RPM in a folder, of this version. */
  public static Path rpm(Source source, Path folder, String version) throws IOException {
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

  private static String sha256(Path file) throws IOException {
    try {
      var digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
