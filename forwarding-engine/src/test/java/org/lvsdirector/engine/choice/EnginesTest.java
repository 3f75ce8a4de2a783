// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.choice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.lvsdirector.config.Config;
import org.lvsdirector.config.GlobalSettings;
import org.lvsdirector.config.directorconf.DirectorConf;
import org.lvsdirector.config.directorconf.DirectorConf.EngineChoice;
import org.lvsdirector.config.lvscf.LvsCf;
import org.lvsdirector.engine.Availability;
import org.lvsdirector.engine.Availability.Unusable;
import org.lvsdirector.engine.Availability.Usable;
import org.lvsdirector.engine.Capability;
import org.lvsdirector.engine.EngineKind;
import org.lvsdirector.engine.EngineUnavailableException;
import org.lvsdirector.engine.ForwardingEngine;
import org.lvsdirector.engine.KernelNeed;
import org.lvsdirector.engine.MemoryEngine;
import org.lvsdirector.engine.Unserved;
import org.lvsdirector.engine.choice.Engines.Passed;

class EnginesTest {
  private static final Config CONFIG =
      Objects.requireNonNull(
          LvsCf.parse(
                  """
                  primary = 192.0.2.1
                  virtual web {
                  active = 1
                  address = 192.0.2.80 eth0:1
                  server one {
                  active = 1
                  address = 10.10.0.9
                  }
                  }
                  """)
              .config());
  private static final Unserved UNSERVED = Unserved.of(CONFIG.services().getFirst(), "odd");
  private static final String CANNOT = "cannot serve " + UNSERVED;

  private final List<String> opened = new ArrayList<>();

  @Test
  void autoTakesTheBestThatWorksAndSaysWhyNotTheOthers() {
    var kinds =
        List.<EngineKind>of(
            kind("ipvs", new Unusable("no module")), usable("bpf"), usable("proxy"));
    var result = open("auto", kinds);
    assertThat(opened).containsExactly("bpf");
    assertThat(result.passedOver()).containsExactly(new Passed("ipvs", "no module"));
  }

  @Test
  void anEngineThatDoesNotOpenIsPassedOver() {
    var failing =
        new Kind(
            "bpf",
            Usable::new,
            () -> {
              throw new IllegalArgumentException("no transport");
            });
    var result = open("auto", List.of(failing, usable("proxy")));
    assertThat(opened).containsExactly("proxy");
    assertThat(result.passedOver()).containsExactly(new Passed("bpf", "no transport"));
  }

  @Test
  void aNamedEngineIsTakenWithoutLookingAtTheOthers() {
    var untouchable =
        new Kind(
            "ipvs",
            () -> {
              throw new AssertionError("asked");
            },
            () -> {
              throw new AssertionError("opened");
            });
    var result = open("proxy", List.of(untouchable, usable("proxy")));
    assertThat(opened).containsExactly("proxy");
    assertThat(result.passedOver()).isEmpty();
  }

  @Test
  void aNamedEngineThatDoesNotWorkIsNotReplaced() {
    var kinds = List.<EngineKind>of(kind("ipvs", new Unusable("no module")), usable("proxy"));
    assertThatExceptionOfType(EngineUnavailableException.class)
        .isThrownBy(() -> open("ipvs", kinds))
        .withMessage("engine ipvs is not usable: no module");
    assertThat(opened).isEmpty();
  }

  @Test
  void whenNoneWorksEveryReasonIsGiven() {
    var kinds =
        List.<EngineKind>of(kind("ipvs", new Unusable("a")), kind("proxy", new Unusable("b")));
    assertThatExceptionOfType(EngineUnavailableException.class)
        .isThrownBy(() -> open("auto", kinds))
        .withMessage("engine ipvs is not usable: a; engine proxy is not usable: b");
  }

  @Test
  void thisMachineCanUseTheProxy() {
    assertThat(Engines.kinds()).extracting(EngineKind::word).containsExactly("ipvs", "proxy");
    var chosen = Engines.choose(EngineChoice.AUTO, null);
    assertThat(chosen.isUsable()).isTrue();
    assertThat(chosen.passedOver())
        .extracting(Passed::name)
        .isEqualTo(chosen.kind().word().equals("ipvs") ? List.of() : List.of("ipvs"));
  }

  @Test
  void autoPassesOverWhatCannotServeTheFile() {
    var kinds = List.<EngineKind>of(new Picky(usable("ipvs")), usable("proxy"));
    var result = open("auto", kinds);
    assertThat(opened).containsExactly("proxy");
    assertThat(result.passedOver()).containsExactly(new Passed("ipvs", CANNOT));
    var chosen = Engines.choose(EngineChoice.AUTO, CONFIG, kinds);
    assertThat(chosen.kind().word()).isEqualTo("proxy");
    assertThat(chosen.unserved()).isEmpty();
    assertThat(chosen.passedOver()).isEqualTo(result.passedOver());
  }

  @Test
  void whenNoneCanServeTheFileTheBestThatWorksIsTakenAndTheReasonKept() {
    var kinds =
        List.<EngineKind>of(
            kind("ipvs", new Unusable("no module")),
            new Picky(usable("bpf")),
            new Picky(usable("proxy")));
    assertThat(open("auto", kinds).kind().word()).isEqualTo("bpf");
    var chosen = Engines.choose(EngineChoice.AUTO, CONFIG, kinds);
    assertThat(chosen.kind().word()).isEqualTo("bpf");
    assertThat(chosen.isUsable()).isTrue();
    assertThat(chosen.unserved()).containsExactly(UNSERVED);
    assertThat(chosen.passedOver())
        .containsExactly(new Passed("ipvs", "no module"), new Passed("proxy", CANNOT));
  }

  @Test
  void enginesOfLaterVersionsAreNoWordOfDirectorConf() {
    var parsed = DirectorConf.read(null, Map.of("engine", "bpf"));
    assertThat(parsed.conf()).isNull();
    assertThat(parsed.problems())
        .singleElement()
        .satisfies(problem -> assertThat(problem.advice()).contains("auto, proxy, ipvs"));
  }

  private static Engines.Opened open(String word, List<EngineKind> kinds) {
    return Engines.open(conf(word), CONFIG, kinds);
  }

  private static DirectorConf conf(String engine) {
    return Objects.requireNonNull(DirectorConf.read(null, Map.of("engine", engine)).conf());
  }

  private EngineKind usable(String name) {
    return kind(name, new Usable());
  }

  private EngineKind kind(String name, Availability availability) {
    return new Kind(
        name,
        () -> availability,
        () -> {
          opened.add(name);
          return new MemoryEngine();
        });
  }

  /** A kind that only opens. */
  private record Kind(String word, Supplier<Availability> looker, Supplier<ForwardingEngine> opener)
      implements EngineKind {
    @Override
    public String about() {
      return "";
    }

    @Override
    public Availability availability() {
      return looker.get();
    }

    @Override
    public ForwardingEngine open(DirectorConf conf, GlobalSettings global) {
      return opener.get();
    }

    @Override
    public List<KernelNeed> needs() {
      return List.of();
    }

    @Override
    public Set<Capability> can() {
      return Set.of();
    }
  }

  /** A kind that cannot serve the file. */
  private record Picky(EngineKind other) implements EngineKind {
    @Override
    public String word() {
      return other.word();
    }

    @Override
    public String about() {
      return other.about();
    }

    @Override
    public Availability availability() {
      return other.availability();
    }

    @Override
    public ForwardingEngine open(DirectorConf conf, GlobalSettings global) {
      return other.open(conf, global);
    }

    @Override
    public List<Unserved> unserved(Config config) {
      return List.of(UNSERVED);
    }

    @Override
    public List<KernelNeed> needs() {
      return other.needs();
    }

    @Override
    public Set<Capability> can() {
      return other.can();
    }
  }
}
