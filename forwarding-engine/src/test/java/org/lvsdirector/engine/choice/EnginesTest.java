// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.choice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lvsdirector.config.directorconf.DirectorConf.EngineChoice;
import org.lvsdirector.engine.Availability;
import org.lvsdirector.engine.Availability.Unusable;
import org.lvsdirector.engine.Availability.Usable;
import org.lvsdirector.engine.EngineUnavailableException;
import org.lvsdirector.engine.MemoryEngine;
import org.lvsdirector.engine.choice.Engines.Candidate;
import org.lvsdirector.engine.choice.Engines.Passed;
import org.lvsdirector.engine.proxy.ProxySettings;

class EnginesTest {
  private final List<String> opened = new ArrayList<>();

  @Test
  void autoTakesTheBestThatWorksAndSaysWhyNotTheOthers() {
    var kinds = List.of(kind("ipvs", new Unusable("no module")), usable("bpf"), usable("proxy"));
    var result = Engines.open(EngineChoice.AUTO, kinds);
    assertThat(opened).containsExactly("bpf");
    assertThat(result.passedOver()).containsExactly(new Passed("ipvs", "no module"));
  }

  @Test
  void anEngineThatDoesNotOpenIsPassedOver() {
    var failing =
        new EngineKind(
            "bpf",
            Usable::new,
            () -> {
              throw new IllegalArgumentException("no transport");
            });
    var result = Engines.open(EngineChoice.AUTO, List.of(failing, usable("proxy")));
    assertThat(opened).containsExactly("proxy");
    assertThat(result.passedOver()).containsExactly(new Passed("bpf", "no transport"));
  }

  @Test
  void aNamedEngineIsTakenWithoutLookingAtTheOthers() {
    var untouchable =
        new EngineKind(
            "ipvs",
            () -> {
              throw new AssertionError("asked");
            },
            () -> {
              throw new AssertionError("opened");
            });
    var result = Engines.open(EngineChoice.PROXY, List.of(untouchable, usable("proxy")));
    assertThat(opened).containsExactly("proxy");
    assertThat(result.passedOver()).isEmpty();
  }

  @Test
  void aNamedEngineThatDoesNotWorkIsNotReplaced() {
    var kinds = List.of(kind("ipvs", new Unusable("no module")), usable("proxy"));
    assertThatExceptionOfType(EngineUnavailableException.class)
        .isThrownBy(() -> Engines.open(EngineChoice.IPVS, kinds))
        .withMessage("engine ipvs is not usable: no module");
    assertThat(opened).isEmpty();
  }

  @Test
  void whenNoneWorksEveryReasonIsGiven() {
    var kinds = List.of(kind("ipvs", new Unusable("a")), kind("proxy", new Unusable("b")));
    assertThatExceptionOfType(EngineUnavailableException.class)
        .isThrownBy(() -> Engines.open(EngineChoice.AUTO, kinds))
        .withMessage("engine ipvs is not usable: a; engine proxy is not usable: b");
  }

  @Test
  void thisMachineCanUseTheProxy() {
    var candidates = Engines.candidates();
    assertThat(candidates).extracting(Candidate::name).containsExactly("ipvs", "bpf", "proxy");
    assertThat(candidates).last().isEqualTo(new Candidate("proxy", new Usable()));
    assertThat(candidates.get(1).availability()).isInstanceOf(Unusable.class);
  }

  @Test
  void enginesOfLaterVersionsAreRefused() {
    assertThatExceptionOfType(EngineUnavailableException.class)
        .isThrownBy(
            () -> Engines.open(new EngineSettings(EngineChoice.BPF, ProxySettings.DEFAULT)));
  }

  private EngineKind usable(String name) {
    return kind(name, new Usable());
  }

  private EngineKind kind(String name, Availability availability) {
    return new EngineKind(
        name,
        () -> availability,
        () -> {
          opened.add(name);
          return new MemoryEngine();
        });
  }
}
