// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is in the packages, as the package tools of the distributions see it. */
class PackageFilesIT {
  private static final List<String> CONFIG =
      List.of(
          "/etc/lvs-director/director.conf",
          "/etc/lvs-director/lvs.cf",
          "/etc/lvs-director/witness.env",
          "/etc/modules-load.d/lvs-director.conf",
          "/etc/sysctl.d/90-lvs-director.conf");
  private static final long LARGEST_BYTES = 60L << 20;

  @TempDir Path folder = Path.of("unset");

  /**
   * A file of a package.
   *
   * @param mode as ls prints it
   * @param owner user and group
   */
  private record Listed(String mode, String owner) {}

  private static Map<String, Listed> deb() throws IOException {
    var files = new TreeMap<String, Listed>();
    for (var line : Built.run("dpkg-deb", "--contents", Built.DEB.toString()).split("\n")) {
      var words = line.split("\\s+", 6);
      var path = words[5].replaceFirst(" -> .*", "").replaceFirst("^\\.", "");
      files.put(path, new Listed(words[0], words[1]));
    }
    return files;
  }

  private static Map<String, Listed> rpm() throws IOException {
    var files = new TreeMap<String, Listed>();
    var format = "[%{FILENAMES} %{FILEMODES:perms} %{FILEUSERNAME}/%{FILEGROUPNAME}\\n]";
    for (var line : rpm("-qp", "--queryformat", format).split("\n")) {
      var words = line.split(" ");
      files.put(words[0], new Listed(words[1], words[2]));
    }
    return files;
  }

  private static String rpm(String... words) throws IOException {
    var command = new java.util.ArrayList<>(List.of("rpm"));
    command.addAll(List.of(words));
    command.add(Built.RPM.toString());
    return Built.run(command.toArray(String[]::new));
  }

  @Test
  void everyFileBelongsToRootAndNobodyElseMayWriteIt() throws IOException {
    for (var files : List.of(deb(), rpm())) {
      assertThat(files).hasSizeGreaterThan(100);
      files.forEach(
          (path, file) -> {
            assertThat(file.owner()).as(path).isEqualTo("root/root");
            if (!file.mode().startsWith("l")) {
              assertThat(file.mode()).as(path).matches("[-d]rw[x-]r-[x-]r-[x-]");
            }
          });
    }
  }

  @Test
  void onlyProgramsMayBeRun() throws IOException {
    for (var files : List.of(deb(), rpm())) {
      var programs =
          files.entrySet().stream()
              .filter(entry -> entry.getValue().mode().startsWith("-rwx"))
              .map(Map.Entry::getKey)
              .toList();
      assertThat(programs)
          .containsExactlyInAnyOrder(
              "/usr/lib/lvs-director/bin/after-stop",
              "/usr/lib/lvs-director/bin/director",
              "/usr/lib/lvs-director/bin/is-edited",
              "/usr/lib/lvs-director/bin/release",
              "/usr/lib/lvs-director/jre/bin/java",
              "/usr/lib/lvs-director/jre/lib/jspawnhelper");
    }
  }

  @Test
  void bothPackagesHaveTheSameButForTheDistributionsOwnPlaces() throws IOException {
    assertThat(shared(deb())).isEqualTo(shared(rpm()));
    assertThat(deb().keySet())
        .contains(
            "/usr/sbin/director",
            "/lib/systemd/system/lvs-director.service",
            "/lib/systemd/system/lvs-director-witness.service",
            "/usr/share/man/man8/director.8.gz",
            "/usr/share/man/man8/director-run.8.gz",
            "/usr/share/man/man8/director-import-piranha.8.gz",
            "/usr/share/man/man5/lvs.cf.5.gz",
            "/usr/share/man/man5/director.conf.5.gz",
            "/usr/share/doc/lvs-director/sbom.cdx.json",
            "/usr/share/doc/lvs-director/copyright",
            "/usr/share/doc/lvs-director/LICENSE",
            "/usr/share/doc/lvs-director/NOTICE",
            "/usr/share/doc/lvs-director/THIRD-PARTY-NOTICES");
    assertThat(rpm().keySet())
        .contains(
            "/usr/lib/systemd/system/lvs-director.service",
            "/usr/share/licenses/lvs-director/LICENSE",
            "/usr/share/licenses/lvs-director/NOTICE",
            "/usr/share/licenses/lvs-director/THIRD-PARTY-NOTICES");
  }

  private static List<String> shared(Map<String, Listed> files) {
    return files.keySet().stream()
        .map(path -> path.replaceFirst("/$", ""))
        .filter(path -> path.startsWith("/usr/lib/lvs-director") || path.startsWith("/etc/lvs"))
        .sorted()
        .toList();
  }

  @Test
  void configurationIsMarkedAsTheUsers() throws IOException {
    var conffiles = Built.run("dpkg-deb", "--info", Built.DEB.toString(), "conffiles");
    assertThat(conffiles.lines()).containsExactlyElementsOf(CONFIG);
    assertThat(rpm("-qp", "--configfiles").lines()).containsExactlyElementsOf(CONFIG);
    var flags = rpm("-qp", "--queryformat", "[%{FILENAMES} %{FILEFLAGS:fflags}\\n]");
    assertThat(flags.lines().filter(line -> line.endsWith(" cn")))
        .as("never replaced")
        .containsExactlyElementsOf(CONFIG.stream().map(path -> path + " cn").toList());
  }

  @Test
  void theDownloadIsSmall() throws IOException {
    assertThat(Files.size(Built.DEB)).isLessThan(LARGEST_BYTES);
    assertThat(Files.size(Built.RPM)).isLessThan(LARGEST_BYTES);
    System.out.printf(
        "packages: DEB %.1f MB, RPM %.1f MB%n",
        Files.size(Built.DEB) / 1e6, Files.size(Built.RPM) / 1e6);
  }

  @Test
  void digestsOfTheRpmAreRight() throws IOException {
    assertThat(rpm("-K", "--nosignature")).contains("digests OK");
  }

  @Test
  void twoBuildsGiveTheSameBytes() throws IOException {
    var home = folder.resolve("elsewhere/lvs-director");
    var jars =
        java.util.Arrays.stream(
                Files.readString(Built.TARGET.resolve("runtime.classpath")).strip().split(":"))
            .map(Path::of)
            .toList();
    new PortableFolder(Built.PROJECT, home, Built.TIME).make(jars, Built.VERSION);
    var source = new Packages.Source(Built.PROJECT, home, Built.TIME, Packages.Source.SMALL);
    Packages.write(source, folder, Built.VERSION);
    for (var file : List.of(Built.DEB, Built.RPM)) {
      assertThat(PackageDifference.first(file, folder.resolve(file.getFileName()))).isEmpty();
    }
    var sums = Files.readString(folder.resolve("SHA256SUMS"));
    assertThat(sums).isEqualTo(Files.readString(Built.TARGET.resolve("SHA256SUMS")));
    System.out.print("packages, built twice:\n" + sums);
  }

  @Test
  void theBillOfMaterialsHasEveryJarWithItsSumAndLicence() throws IOException {
    var bom = new ObjectMapper().readTree(Built.TARGET.resolve("bom.json").toFile());
    var sums = new ArrayList<String>();
    for (var component : bom.path("components")) {
      assertThat(component.has("licenses")).as("%s", component).isTrue();
      if (component.path("group").asText().equals(Bom.OWN_GROUP)) {
        assertThat(component.path("licenses").toString())
            .isEqualTo("[{\"expression\":\"Apache-2.0\"}]");
      }
      component.path("hashes").forEach(hash -> sums.add(hash.path("content").asText()));
    }
    var installed = new ArrayList<String>();
    for (var file : Tree.below(Built.HOME.resolve("lib"))) {
      if (OldClasses.isJar(file) && !file.endsWith(Libraries.MAIN_JAR)) {
        installed.add(Packages.sha256(file));
      }
    }
    assertThat(sums).containsExactlyInAnyOrderElementsOf(installed).hasSizeGreaterThan(30);
  }

  @Test
  void theTermsAreWrittenWhereToolsLookForThem() throws IOException {
    var tree = folder.resolve("deb");
    Built.run("dpkg-deb", "--extract", Built.DEB.toString(), tree.toString());
    var doc = tree.resolve("usr/share/doc/lvs-director");
    var paragraphs = Files.readString(doc.resolve("copyright")).split("\n\n");
    assertThat(paragraphs[0])
        .startsWith("Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n");
    assertThat(paragraphs[1])
        .isEqualTo("Files: *\nCopyright: 2026 the authors of lvs-director\nLicense: Apache-2.0");
    assertThat(paragraphs)
        .contains(
            "License: Apache-2.0\n On Debian systems, the text is in"
                + " /usr/share/common-licenses/Apache-2.0");
    var used = new java.util.TreeSet<String>();
    var told = new java.util.TreeSet<String>();
    for (var paragraph : paragraphs) {
      var licence = paragraph.replaceFirst("(?s).*(^|\n)License: ([^\n]*).*", "$2");
      if (paragraph.startsWith("Files:")) {
        used.addAll(List.of(licence.split(" or ")));
      } else if (paragraph.startsWith("License:")) {
        told.add(licence);
      }
    }
    assertThat(told).isEqualTo(used);
    assertThat(doc.resolve("LICENSE")).hasSameTextualContentAs(Built.PROJECT.resolve("LICENSE"));
    assertThat(rpm("-qp", "--queryformat", "%{LICENSE}")).startsWith("Apache-2.0 AND ");
    var flags = rpm("-qp", "--queryformat", "[%{FILENAMES} %{FILEFLAGS:fflags}\\n]");
    assertThat(flags.lines())
        .contains(
            "/usr/share/licenses/lvs-director/LICENSE l",
            "/usr/share/licenses/lvs-director/NOTICE l");
  }

  @Test
  void lintianHasNothingToSay() throws IOException {
    var said =
        Built.run(
            "lintian",
            "--allow-root",
            "--tag-display-limit",
            "0",
            "--fail-on",
            "none",
            Built.DEB.toString());
    assertThat(said.lines().filter(line -> line.matches("[EW]: .*"))).isEmpty();
  }

  @Test
  void rpmlintHasNothingToSayButWhatIsExplained() throws IOException {
    var config = Built.PROJECT.resolve("packaging/src/main/rpm/rpmlint.toml").toString();
    var process =
        new ProcessBuilder("rpmlint", "--config", config, Built.RPM.toString())
            .redirectErrorStream(true)
            .start();
    var said =
        new String(
            process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    assertThat(said).contains("1 packages");
    assertThat(said.lines().filter(line -> line.matches(".*: [EW]: .*"))).isEmpty();
  }

  @Test
  void unitsAreWellFormedAndHardened() throws IOException {
    var units = Files.createDirectories(folder.resolve("units"));
    for (var unit : List.of("lvs-director", "lvs-director-release", "lvs-director-witness")) {
      var name = unit + ".service";
      var text = Files.readString(Built.PROJECT.resolve("packaging/src/main/linux").resolve(name));
      // Programs are looked for where they will be.
      var here = text.replace("/usr/sbin/director", Built.HOME + "/bin/director");
      Files.writeString(
          units.resolve(name),
          here.replace("/usr/lib/lvs-director/bin/is-edited", "/bin/true")
              .replace("/usr/lib/lvs-director/bin/after-stop", "/bin/true"));
    }
    var daemon = units.resolve("lvs-director.service").toString();
    var witness = units.resolve("lvs-director-witness.service").toString();
    var release = units.resolve("lvs-director-release.service").toString();
    var said = Built.run("systemd-analyze", "verify", "--man=no", daemon, witness, release);
    assertThat(said.lines().filter(line -> line.contains("lvs-director"))).isEmpty();
    // What docs/security.md says, in tenths, and one more for other releases of systemd.
    for (var unit : Map.of(daemon, 25, witness, 17, release, 18).entrySet()) {
      var score =
          Built.run(
              "systemd-analyze",
              "security",
              "--offline=true",
              "--threshold=" + unit.getValue(),
              unit.getKey());
      System.out.println(score.lines().filter(line -> line.contains("Overall")).toList());
    }
  }

  @Test
  void bashCompletesSubcommands() throws IOException {
    var script = Built.HOME.resolve("share/completion/bash/director");
    var said =
        Built.run(
            "bash",
            "-c",
            "source '"
                + script
                + "'; COMP_WORDS=(director dri); COMP_CWORD=1; _complete_director;"
                + " echo \"${COMPREPLY[@]}\"");
    assertThat(said.strip()).isEqualTo("drill");
  }
}
