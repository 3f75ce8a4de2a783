// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packages in a bare Debian without Java and without a running systemd. */
class InstallIT {
  private static final String ADD_A_COMMENT = "echo '# ours' >> /etc/lvs-director/lvs.cf";
  private static final String LAST_LINE = "tail -n 1 /etc/lvs-director/lvs.cf";

  @TempDir Path folder = Path.of("unset");

  private Root root = new Root(Path.of("unset"));

  @BeforeEach
  void unpack() throws IOException {
    root = Root.unpack(folder.resolve("root"));
  }

  @AfterEach
  void delete() throws IOException {
    root.close();
  }

  private static String later() {
    return Packages.later(Built.VERSION);
  }

  private static void step(String what, String packaged, StepTable.Work work) throws IOException {
    Built.TABLE.step(what, packaged, work, () -> "-");
  }

  @Test
  void aDebIsInstalledUpgradedDowngradedRemovedAndPurged() throws IOException {
    var before = root.files();
    root.copy(Built.DEB, "tmp/first.deb");
    root.copy(Built.LATER_DEB, "tmp/later.deb");

    step("install without Java", "DEB", () -> root.run("apt-get install -y /tmp/first.deb"));
    assertThat(root.run("director --version")).startsWith("director " + Built.VERSION);
    assertThat(root.run("director check /etc/lvs-director/lvs.cf")).contains("no problem found");
    assertThat(root.run("dpkg --verify lvs-director")).isEmpty();
    assertThat(root.run("id -un lvs-director")).isEqualTo("lvs-director\n");
    assertThat(root.run("systemctl is-enabled lvs-director")).isEqualTo("enabled\n");
    assertThat(root.run("systemctl is-enabled lvs-director-witness || true"))
        .isEqualTo("disabled\n");
    assertThat(root.run("/usr/lib/lvs-director/bin/is-edited || true"))
        .contains("still the example");
    System.out.printf("DEB: %s MB installed%n", installedMegabytes());

    root.run(ADD_A_COMMENT);
    assertThat(root.run("/usr/lib/lvs-director/bin/is-edited")).isEmpty();
    step("upgrade", "DEB", () -> root.run("apt-get install -y /tmp/later.deb"));
    assertThat(root.run("dpkg-query -W -f '${Version}' lvs-director")).isEqualTo(later());
    assertThat(root.run(LAST_LINE)).isEqualTo("# ours\n");
    step("downgrade", "DEB", () -> root.run("dpkg -i /tmp/first.deb"));
    assertThat(root.run("director --version")).startsWith("director " + Built.VERSION);
    assertThat(root.run(LAST_LINE)).isEqualTo("# ours\n");

    step("remove", "DEB", () -> root.run("apt-get remove -y lvs-director"));
    assertThat(root.run(LAST_LINE)).isEqualTo("# ours\n");
    assertThat(root.run("test ! -e /usr/sbin/director")).isEmpty();
    root.run("mkdir -p /var/lib/lvs-director && touch /var/lib/lvs-director/term");
    step("purge", "DEB", () -> root.run("apt-get purge -y lvs-director"));
    assertThat(root.files()).containsExactlyInAnyOrderElementsOf(before);
    assertThat(root.run("getent passwd lvs-director || echo gone")).isEqualTo("gone\n");
  }

  private String installedMegabytes() throws IOException {
    return root.run("du -sm --apparent-size /usr/lib/lvs-director | cut -f1").strip();
  }

  @Test
  void anRpmIsInstalledUpgradedAndErased() throws IOException {
    // An rpm distribution has it from its package filesystem.
    root.run("mkdir -p /usr/share/licenses");
    var before = root.files();
    root.copy(Built.RPM, "tmp/first.rpm");
    root.copy(Built.LATER_RPM, "tmp/later.rpm");

    // The root is Debian's: what an rpm distribution calls its packages is not there to be asked.
    step("install without Java", "RPM", () -> root.run("rpm -i --nodeps /tmp/first.rpm"));
    assertThat(root.run("director --version")).startsWith("director " + Built.VERSION);
    assertThat(root.run("director check")).contains("no problem found");
    assertThat(root.run("rpm -V --nodeps lvs-director")).isEmpty();
    assertThat(root.run("id -un lvs-director")).isEqualTo("lvs-director\n");

    root.run(ADD_A_COMMENT);
    step("upgrade", "RPM", () -> root.run("rpm -U --nodeps /tmp/later.rpm"));
    assertThat(root.run("rpm -q lvs-director")).contains(later());
    assertThat(root.run(LAST_LINE)).isEqualTo("# ours\n");
    step("downgrade", "RPM", () -> root.run("rpm -U --oldpackage --nodeps /tmp/first.rpm"));
    assertThat(root.run("director --version")).startsWith("director " + Built.VERSION);

    step("erase", "RPM", () -> root.run("rpm -e lvs-director"));
    assertThat(root.run("tail -n 1 /etc/lvs-director/lvs.cf.rpmsave")).isEqualTo("# ours\n");
    root.run("rm -r /etc/lvs-director; userdel lvs-director; groupdel lvs-director || true");
    assertThat(root.files()).containsExactlyInAnyOrderElementsOf(before);
  }
}
