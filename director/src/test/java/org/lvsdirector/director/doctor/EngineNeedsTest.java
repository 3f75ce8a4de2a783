// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lvsdirector.config.Config;
import org.lvsdirector.config.directorconf.DirectorConf;
import org.lvsdirector.config.lvscf.LvsCf;
import org.lvsdirector.director.doctor.Finding.State;
import org.lvsdirector.engine.EngineKind;
import org.lvsdirector.engine.KernelNeed;
import org.lvsdirector.engine.KernelNeed.Sort;
import org.lvsdirector.engine.choice.Engines.Chosen;
import org.lvsdirector.engine.choice.Engines.Passed;

/** The doctor knows what every engine needs, a new one too. */
class EngineNeedsTest {
  private static final String LVS_CF =
      """
      primary = 192.0.2.1
      backup = 192.0.2.2
      backup_active = 1
      syncdaemon = 1
      syncd_iface = lo
      network = nat
      virtual web {
        active = 1
        address = 192.0.2.80 eth0:1
        port = 80
        server one {
          address = 10.0.0.1
          active = 1
        }
      }
      virtual web6 {
        active = 1
        address = 2001:db8::80 eth0:2
        port = 80
        server one {
          address = 2001:db8::1
          active = 1
        }
      }
      """;

  @TempDir private Path root;

  @ParameterizedTest
  @MethodSource("org.lvsdirector.engine.choice.Engines#kinds")
  void everyNeedThatIsNotMetIsTold(EngineKind kind) throws IOException {
    for (var need : kind.needs()) {
      if (need.sort() == Sort.SETTING) {
        write(need.path(), "17");
      }
    }
    var found = found(kind);
    for (var need : kind.needs()) {
      var told =
          found.stream()
              .filter(finding -> (finding.name() + finding.detail()).contains(suffix(need)))
              .findFirst();
      assertThat(told).as(need.name()).isPresent();
      if (!need.value().isEmpty()
          && !need.isSetByEngine()
          && !need.equals(KernelNeed.LOOSE_REVERSE_PATH)) {
        assertThat(told.get().state())
            .as(need.name())
            .isEqualTo(need.isVital() ? State.FAULT : State.WARNING);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("org.lvsdirector.engine.choice.Engines#kinds")
  void anEngineThatDoesNotWorkIsAFault(EngineKind kind) {
    var passed = List.of(new Passed(kind.word(), "for a reason"));
    var finding =
        new EngineFindings(files(), new Chosen(kind, false, passed, List.of())).all().getFirst();
    assertThat(finding.state()).isEqualTo(State.FAULT);
    assertThat(finding.detail()).contains(kind.word(), "for a reason");
  }

  @ParameterizedTest
  @MethodSource("org.lvsdirector.engine.choice.Engines#kinds")
  void aBetterOneThatIsPassedOverIsAWarning(EngineKind kind) {
    var passed = List.of(new Passed("better", "for a reason"));
    var finding =
        new EngineFindings(files(), new Chosen(kind, true, passed, List.of())).all().getFirst();
    assertThat(finding.state()).isEqualTo(State.WARNING);
    assertThat(finding.detail()).contains(kind.word(), "better: for a reason");
  }

  private List<Finding> found(EngineKind kind) {
    var conf = Objects.requireNonNull(DirectorConf.read(null, Map.of()).conf());
    var found = new ArrayList<Finding>();
    var passed = List.of(new Passed(kind.word(), "it is not there"));
    found.addAll(new EngineFindings(files(), new Chosen(kind, false, passed, List.of())).all());
    found.addAll(new HostFindings(root, conf, kind, config()).all());
    found.addAll(new SyncFindings(files(), kind, config()).all());
    return found;
  }

  private MachineFiles files() {
    return new MachineFiles(root);
  }

  private static String suffix(KernelNeed need) {
    return need.name().startsWith("net.ipv4.")
        ? need.name().substring("net.ipv4.".length())
        : need.name();
  }

  private static Config config() {
    var parsed = LvsCf.parse(LVS_CF);
    return Objects.requireNonNull(
        parsed.config(),
        parsed.problems().stream().map(Object::toString).collect(Collectors.joining("\n")));
  }

  private void write(String path, String value) throws IOException {
    var file = root.resolve("proc/sys").resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, value);
  }
}
