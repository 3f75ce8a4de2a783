// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Files of the state directory are read and written by {@code linux.NoteFile} alone, which follows
 * no link, opens no pipe, and waits for no disk that is dead. Who opens files itself is named here,
 * with what they are.
 */
final class StateFilesTest {
  private static final Pattern OPENS =
      Pattern.compile(
          "java\\.nio\\.file\\.Files\\.(read(String|AllLines|AllBytes)|lines|new(Input|Output)Stream"
              + "|newBuffered.*|newByteChannel|write.*|copy)"
              + "|java\\.nio\\.channels\\.FileChannel\\.open"
              + "|java\\.io\\.(File(Input|Output)Stream|RandomAccessFile|FileReader|FileWriter)\\.<init>");

  private static final Map<String, String> OTHERS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("config.file.TextFile", "configuration, of root; nothing but files"),
              Map.entry("director.admin.AdminServer", "the lock, opened as carefully"),
              Map.entry("director.command.ImportCommand", "what the operator names"),
              Map.entry("director.demo.DemoCommand", "a folder of its own"),
              Map.entry("director.demo.DemoScenario", "the same"),
              Map.entry("director.doctor.ArchiveFindings", "its own temporary file"),
              Map.entry("director.doctor.MachineFiles", "/proc, /sys and /etc"),
              Map.entry("director.doctor.PairFindings", "its own temporary file"),
              Map.entry("director.machine.HostNames", "/etc/services"),
              Map.entry("director.output.ProcessOutput", "the standard streams"),
              Map.entry("engine.ipvs.IpvsEngine", "/proc"),
              Map.entry("engine.ipvs.IpvsProbe", "/proc"),
              Map.entry("engine.ipvs.KernelLoad", "/proc"),
              Map.entry("engine.ipvs.sync.ConnectionEntryFile", "/proc"),
              Map.entry("linux.Capabilities", "/proc"),
              Map.entry("linux.KeptSettings", "/proc/sys"),
              Map.entry("linux.NoteFile", "the one that is careful"),
              Map.entry("linux.RealTime", "/proc"),
              Map.entry("linux.Sysctl", "/proc/sys"),
              Map.entry("linux.program.ProgramFile", "programs that lvs.cf names"),
              Map.entry("linux.program.Session", "/proc"),
              Map.entry("nanny.MemoryKills", "/proc"),
              Map.entry("nanny.StartFault", "programs that lvs.cf names"),
              Map.entry("pulse.seal.KeyFile", "the key, of root; nothing but a file")));

  @Test
  void nobodyElseOpensFiles() {
    var openers =
        Production.CLASSES.stream()
            .filter(type -> type.getAccessesFromSelf().stream().anyMatch(StateFilesTest::opens))
            .map(type -> type.getName().replaceAll("\\$.*", "").replace("org.lvsdirector.", ""))
            .collect(Collectors.toSet());

    assertThat(openers).containsExactlyInAnyOrderElementsOf(OTHERS.keySet());
  }

  private static boolean opens(JavaAccess<?> access) {
    var target = access.getTargetOwner().getName() + "." + access.getTarget().getName();
    return OPENS.matcher(target).matches();
  }
}
