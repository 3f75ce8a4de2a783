// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of packages that differ. */
class PackageDifferenceIT {
  @TempDir Path folder = Path.of("unset");

  private Path one = Path.of("unset");
  private Path other = Path.of("unset");

  @org.junit.jupiter.api.BeforeEach
  void twoEqualTrees() throws IOException {
    one = folder.resolve("one");
    other = folder.resolve("other");
    for (var tree : java.util.List.of(one, other)) {
      Tree.write(tree.resolve("lib/a.jar"), new byte[] {1, 2, 3});
      Tree.write(tree.resolve("lib/b.jsa"), new byte[] {1, 2, 3});
      Tree.setTime(tree, Built.TIME);
    }
    assertThat(PackageDifference.firstBelow(one, other)).isEmpty();
  }

  @Test
  void theFirstFileAndByteThatDifferAreNamed() throws IOException {
    Files.write(other.resolve("lib/b.jsa"), new byte[] {1, 2, 4});
    Tree.setTime(other, Built.TIME);
    assertThat(PackageDifference.firstBelow(one, other))
        .isEqualTo("/lib/b.jsa differs from byte 2 of 3");
  }

  @Test
  void aFileOfOnePackageAloneIsNamed() throws IOException {
    Files.delete(one.resolve("lib/a.jar"));
    Tree.setTime(one, Built.TIME);
    assertThat(PackageDifference.firstBelow(one, other))
        .isEqualTo("/lib/a.jar is only in the second");
  }

  @Test
  void anotherSizeOrTimeIsNamed() throws IOException {
    Files.setLastModifiedTime(
        other.resolve("lib/a.jar"),
        java.nio.file.attribute.FileTime.from(Built.TIME.plusSeconds(1)));
    assertThat(PackageDifference.firstBelow(one, other))
        .startsWith("/lib/a.jar is a file rw-r--r-- of 3 bytes dated ");
  }

  @Test
  void theFileIsFoundInThePackagesThemselves() throws IOException {
    // The later version differs from this one in what the version is written in.
    assertThat(PackageDifference.first(Built.DEB, Built.LATER_DEB))
        .startsWith(Built.DEB.getFileName() + ": /DEBIAN/control is a file ");
    assertThat(PackageDifference.first(Built.RPM, Built.LATER_RPM))
        .isEqualTo(
            Built.RPM.getFileName()
                + ": all that is in it is equal, the packages themselves differ from byte "
                + Files.mismatch(Built.RPM, Built.LATER_RPM));
  }
}
