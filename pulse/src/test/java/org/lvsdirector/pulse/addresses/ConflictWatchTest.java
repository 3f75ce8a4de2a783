// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.addresses;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.lvsdirector.linux.HostAddress;
import org.lvsdirector.linux.MacAddress;
import org.lvsdirector.pulse.addresses.Neighbourhood.Claimant;

class ConflictWatchTest {
  private static final MacAddress OWN = MacAddress.of(new byte[] {2, 0, 0, 0, 0, 1});
  private static final MacAddress OTHER = MacAddress.of(new byte[] {2, 0, 0, 0, 0, 2});

  private final List<HostAddress> asked = new ArrayList<>();
  private final List<HostAddress> repeated = new ArrayList<>();
  private List<Announced> announced = List.of(address(1), address(2));
  private Optional<Claimant> answer = Optional.empty();
  private final ConflictWatch watch =
      new ConflictWatch(() -> announced, this::ask, one -> repeated.add(one.address()), 1);

  private static Announced address(int last) {
    return new Announced(host(last), 7, OWN, false);
  }

  private static HostAddress host(int last) {
    return HostAddress.of(new byte[] {(byte) 192, 0, 2, (byte) last});
  }

  private Optional<Claimant> ask(List<Announced> probes) {
    probes.forEach(probe -> asked.add(probe.address()));
    return answer.filter(
        it -> probes.stream().anyMatch(probe -> probe.address().equals(it.address())));
  }

  @AfterEach
  void end() {
    watch.close();
  }

  @Test
  void whoAnswersTwiceIsToldAndTheAddressIsAnnouncedAgain() throws IOException {
    answer = Optional.of(new Claimant(host(2), OTHER));
    watch.look();
    assertThat(watch.conflict()).isEmpty();
    watch.look();
    assertThat(watch.conflict()).contains("192.0.2.2", "02:00:00:00:00:02");
    assertThat(watch.seen()).isEqualTo(1);
    assertThat(repeated).containsExactly(host(2));

    answer = Optional.empty();
    watch.look();
    assertThat(watch.conflict()).isEmpty();
  }

  @Test
  void aHandoverInWhichBothAnswerForAMomentIsNone() throws IOException {
    answer = Optional.of(new Claimant(host(1), OTHER));
    watch.look();
    answer = Optional.empty();
    watch.look();
    assertThat(watch.conflict()).isEmpty();
    assertThat(repeated).isEmpty();
  }

  @Test
  void aThousandAddressesAreAskedForInTurnAndNoneIsLeftOut() throws IOException {
    announced = IntStream.rangeClosed(1, 250).mapToObj(ConflictWatchTest::address).toList();
    for (var i = 0; i < 13; i++) {
      watch.look();
    }
    assertThat(asked).doesNotHaveDuplicates().hasSize(250);
    watch.look();
    assertThat(asked.getLast()).isEqualTo(host(20));
  }

  @Test
  void whoAnnouncesNothingAsksNothing() throws IOException {
    answer = Optional.of(new Claimant(host(1), OTHER));
    watch.look();
    watch.look();
    announced = List.of();
    var before = asked.size();
    watch.look();
    assertThat(watch.conflict()).isEmpty();
    assertThat(asked).hasSize(before);
  }
}
