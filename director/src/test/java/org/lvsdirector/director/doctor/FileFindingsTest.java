// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lvsdirector.config.directorconf.DirectorConf;
import org.lvsdirector.config.lvscf.ConfigFiles;
import org.lvsdirector.config.lvscf.LvsCf;
import org.lvsdirector.director.doctor.Finding.State;

/** Who may change what a director reads and runs. */
class FileFindingsTest {
  @TempDir private Path folder;

  @BeforeEach
  void makeFiles() throws IOException {
    for (var program : List.of("inactive_cmd", "notify", "send_program")) {
      write("bin/" + program, "#!/bin/sh\n", "rwxr-xr-x");
    }
    write("more.cf", "# more\n", "rw-r--r--");
    write("key", "key\n", "rw-------");
    write("argument", "#!/bin/sh\n", "rw-r--r--");
    write("director.conf", "\n", "rw-r--r--");
    write(
        "lvs.cf",
        """
        primary = 192.0.2.1
        include more.cf
        active_cmd = "/bin/sh D/argument"
        inactive_cmd = D/bin/inactive_cmd
        notify = "D/bin/notify"
        virtual web {
          address = 192.0.2.80 eth0:1
          active = 1
          port = 80
          send_program = "D/bin/send_program %h"
          server one {
            address = 192.0.2.11
            active = 1
          }
        }
        """
            .replace("D/", folder + "/"),
        "rw-r--r--");
  }

  @Test
  void filesOfRootOrThisUserAloneAreFine() {
    assertThat(found()).singleElement().satisfies(one -> assertThat(one.state()).isEqualTo(OK));
  }

  /** Each kind of file, and each way in which others may write it. */
  @Test
  void whatOthersMayWriteIsToldWithTheWayOut() throws IOException {
    for (var name :
        List.of(
            "lvs.cf",
            "more.cf",
            "director.conf",
            "key",
            "argument",
            "bin/inactive_cmd",
            "bin/notify",
            "bin/send_program")) {
      var file = folder.resolve(name);
      var before = Files.getPosixFilePermissions(file);
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxrwxrwx"));

      assertThat(found())
          .as(name)
          .singleElement()
          .satisfies(
              one -> {
                assertThat(one.state()).isEqualTo(State.WARNING);
                assertThat(one.detail()).contains(file.toString(), "changed by everybody");
                assertThat(one.mend()).isEqualTo("chmod go-w " + file);
              });
      Files.setPosixFilePermissions(file, before);
    }
  }

  /** Whoever may write a folder may put another file in its place. */
  @Test
  void aFolderThatOthersMayWriteIsToldUnlessItKeepsThemFromRenaming() throws IOException {
    var bin = folder.resolve("bin");
    Files.setPosixFilePermissions(bin, PosixFilePermissions.fromString("rwxrwxrwx"));

    assertThat(found())
        .singleElement()
        .satisfies(one -> assertThat(one.detail()).contains(bin + " (above ", "everybody"));

    Files.setAttribute(bin, "unix:mode", 01777);
    assertThat(found()).singleElement().satisfies(one -> assertThat(one.state()).isEqualTo(OK));
  }

  @Test
  void everyDirectiveThatNamesAProgramIsLookedAt() {
    var text =
        """
        primary = 192.0.2.1
        service = fos
        active_cmd = /1
        inactive_cmd = /2
        notify = /3
        failover ftp {
          active = 1
          address = 192.0.2.21 eth0:1
          port = 21
          start_cmd = /4
          stop_cmd = /5
          send_program = /6
        }
        """;
    var fos = Objects.requireNonNull(LvsCf.parse(text).config());
    assertThat(FileFindings.commands(fos)).contains("/1", "/2", "/3", "/4", "/5", "/6");

    var lvs =
        """
        primary = 192.0.2.1
        virtual web {
          active = 1
          address = 192.0.2.80 eth0:1
          port = 80
          notify = /7
          send_program = /8
          server one {
            active = 1
            address = 192.0.2.11
          }
        }
        """;
    var services = Objects.requireNonNull(LvsCf.parse(lvs).config());
    assertThat(FileFindings.commands(services)).containsExactly("/7", "/8");
  }

  @Test
  void aProgramThatIsNotThereOrNotExecutableIsTold() throws IOException {
    var file = folder.resolve("bin/notify");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(found())
        .filteredOn(one -> one.name().equals("programs"))
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.detail()).contains(file + ", which lvs.cf names", "not executable");
              assertThat(one.mend()).isEqualTo("chmod a+x " + file);
            });

    Files.delete(file);
    assertThat(found())
        .filteredOn(one -> one.name().equals("programs"))
        .singleElement()
        .satisfies(one -> assertThat(one.detail()).contains("there is no program " + file));
  }

  @Test
  void aLinkIsFollowed() throws IOException {
    var real = folder.resolve("elsewhere/notify");
    write("elsewhere/notify", "#!/bin/sh\n", "rwxrwxrwx");
    Files.delete(folder.resolve("bin/notify"));
    Files.createSymbolicLink(folder.resolve("bin/notify"), real);

    assertThat(found())
        .singleElement()
        .satisfies(one -> assertThat(one.detail()).contains(real + " (", "everybody"));
  }

  @Test
  void aPasswordThatEverybodyMayReadIsTold() throws IOException {
    var lvsCf = folder.resolve("lvs.cf");
    Files.writeString(
        lvsCf, Files.readString(lvsCf).replace("send_program %h", "send_program --password x"));

    assertThat(found())
        .extracting(Finding::mend)
        .allSatisfy(mend -> assertThat(mend).contains("chmod 640"))
        .hasSize(2);

    for (var name : List.of("lvs.cf", "more.cf")) {
      Files.setPosixFilePermissions(
          folder.resolve(name), PosixFilePermissions.fromString("rw-r-----"));
    }
    assertThat(found()).singleElement().satisfies(one -> assertThat(one.state()).isEqualTo(OK));
  }

  private static final State OK = State.OK;

  private List<Finding> found() {
    var lvsCf = folder.resolve("lvs.cf");
    var settings =
        Objects.requireNonNull(
            DirectorConf.read(
                    null, Map.of("lvs-cf", lvsCf.toString(), "heartbeat.key-file", folder + "/key"))
                .conf());
    var read = ConfigFiles.lvsCf(lvsCf);
    assertThat(read.config()).as("%s", read.problems()).isNotNull();
    return new FileFindings(Path.of("/"), folder.resolve("director.conf"), settings, read.config())
        .all();
  }

  private void write(String name, String text, String rights) throws IOException {
    var file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(rights));
  }
}
