// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.witness;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.lvsdirector.config.Pair.Node;
import org.lvsdirector.pulse.seal.SealPolicy;
import org.lvsdirector.pulse.seal.SealedChannel;
import org.lvsdirector.pulse.witness.Witness.Question;
import org.lvsdirector.pulse.witness.WitnessCodec.Party;

/** What strangers can do to a witness's log, table and time. */
class WitnessGuardTest {

  private static final long SECOND = 1_000_000_000L;

  @Test
  void namesThatCannotBePrintedAreNone() {
    assertThat(read("192.0.2.1/192.0.2.2")).isTrue();
    assertThat(read("2001:db8::1/2001:db8::2")).isTrue();
    for (var name : new String[] {"a\nERROR b", "a\u001b[31m", "a b", "\0", "a\u007f", "a\r"}) {
      assertThat(read(name)).as(name.replaceAll("[^ -~]", "?")).isFalse();
    }
    var bytes = WitnessCodec.envelope(new Party("ab", Node.PRIMARY), ByteBuffer.allocate(1));
    bytes[7] = (byte) 0xe4;
    assertThat(WitnessCodec.envelope(bytes, bytes.length)).isNull();
  }

  private static boolean read(String name) {
    var bytes = WitnessCodec.envelope(new Party(name, Node.PRIMARY), ByteBuffer.allocate(1));
    return WitnessCodec.envelope(bytes, bytes.length) != null;
  }

  @Test
  void refusalsCostALineAMinuteThatCountsThem() {
    var log = new RefusalLog();
    assertThat(log.refuse("a", "why", 0)).contains("refused 1 packets, 1 in all", "from a: why");
    for (var i = 0; i < 1000; i++) {
      assertThat(log.refuse("b", "why", i)).isNull();
    }
    assertThat(log.refuse("c", "why", RefusalLog.PAUSE_NANOS))
        .contains("refused 1001 packets, 1002 in all", "from c");
    assertThat(log.refuse("c", "why", RefusalLog.PAUSE_NANOS + 1)).isNull();
  }

  @Test
  void aFullTableIsFullForAMomentOnly() {
    var parties = new Parties(10);
    var holder = new Party("holder", Node.PRIMARY);
    var guard = guard();
    parties.hear(holder, guard, 0);
    for (var i = 0; i < 9; i++) {
      assertThat(parties.hear(new Party("stranger" + i, Node.BACKUP), guard(), i)).isTrue();
    }
    var late = new Party("late", Node.PRIMARY);
    assertThat(parties.hear(late, guard(), 100 * SECOND)).isFalse();
    parties.hear(holder, guard, 100 * SECOND);
    assertThat(parties.hear(late, guard(), 10 + Parties.QUIET_NANOS)).isTrue();
    assertThat(Objects.requireNonNull(parties.guard(holder))).as("who asks stays").isSameAs(guard);
    assertThat(parties.guard(new Party("stranger0", Node.BACKUP))).isNull();
  }

  /** Whoever repeats the name of a director proves nothing by it. */
  @Test
  void namingAQuietPartyKeepsItsPlaceForNobody() {
    var parties = new Parties(3);
    var quiet = new Party("quiet", Node.PRIMARY);
    parties.hear(quiet, guard(), 0);
    parties.hear(new Party("busy", Node.PRIMARY), guard(), Parties.QUIET_NANOS);
    parties.hear(new Party("busy", Node.BACKUP), guard(), Parties.QUIET_NANOS);
    assertThat(parties.guard(quiet)).as("a stranger says its name").isNotNull();
    var late = new Party("late", Node.PRIMARY);
    assertThat(parties.hear(late, guard(), Parties.QUIET_NANOS + 1)).isTrue();
    assertThat(parties.guard(quiet)).isNull();
  }

  @Test
  void leasesThatHaveEndedAreForgottenAndNoOther() {
    var state = Witness.State.initial(-10);
    for (var i = 0; i < 5; i++) {
      var ask = new Question.Ask(i, "pair" + i, Node.PRIMARY, 1, true);
      state = Witness.step(10, state, ask).next();
    }
    assertThat(Witness.forget(state, 12).leases().keySet()).containsOnly("pair3", "pair4");
  }

  private static SealedChannel guard() {
    return SealedChannel.answering(SealPolicy.NONE, new Party("p", Node.PRIMARY).ofWitness());
  }
}
