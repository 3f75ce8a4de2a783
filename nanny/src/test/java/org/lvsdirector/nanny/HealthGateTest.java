// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.nanny;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lvsdirector.config.Health;

class HealthGateTest {
  private static final HealthGate.Settings RISE_3_FALL_2 = new HealthGate.Settings(3, 2);

  /** Results by letter: g good, b bad, u undecided. Verdicts by letter: U up, D down, ? none. */
  private static String verdicts(HealthGate.Settings settings, String results) {
    var text = new StringBuilder();
    var state = HealthGate.State.unknown(0);
    for (var i = 0; i < results.length(); i++) {
      state = HealthGate.step(settings, state, result(results.charAt(i)), i + 1).next();
      text.append(letter(state.verdict()));
    }
    return text.toString();
  }

  private static CheckResult result(char letter) {
    return switch (letter) {
      case 'g' -> new CheckResult.Good("fine", 1);
      case 'b' -> new CheckResult.Bad("broken", 1);
      default -> new CheckResult.Undecided("no descriptor", 1);
    };
  }

  private static char letter(Health.State verdict) {
    return switch (verdict) {
      case UP -> 'U';
      case DOWN -> 'D';
      case UNKNOWN -> '?';
    };
  }

  @Test
  void firstGoodResultBringsUpAtOnce() {
    assertThat(verdicts(RISE_3_FALL_2, "g")).isEqualTo("U");
  }

  @Test
  void firstBadResultTakesDownAtOnce() {
    assertThat(verdicts(RISE_3_FALL_2, "b")).isEqualTo("D");
  }

  @Test
  void upServerGoesDownAfterFallBadResultsInARow() {
    assertThat(verdicts(RISE_3_FALL_2, "gbgbb")).isEqualTo("UUUUD");
  }

  @Test
  void downServerReturnsAfterRiseGoodResultsInARow() {
    assertThat(verdicts(RISE_3_FALL_2, "bggbggg")).isEqualTo("DDDDDDU");
  }

  @Test
  void undecidedResultNeitherCountsNorInterruptsARow() {
    assertThat(verdicts(RISE_3_FALL_2, "ugubuubu")).isEqualTo("?UUUUUDD");
  }

  @Test
  void riseAndFallOfOneFollowEveryResult() {
    assertThat(verdicts(new HealthGate.Settings(1, 1), "gbgbbg")).isEqualTo("UDUDDU");
  }

  @Test
  void stateTellsSinceWhenAndWhatWasLastAndHowManyThereWere() {
    var state = HealthGate.State.unknown(10);
    for (var at : new long[] {20, 30, 40}) {
      state = HealthGate.step(RISE_3_FALL_2, state, result('g'), at).next();
    }
    state = HealthGate.step(RISE_3_FALL_2, state, result('b'), 50).next();
    state = HealthGate.step(RISE_3_FALL_2, state, result('u'), 60).next();

    assertThat(state.sinceNanos()).isEqualTo(20);
    assertThat(state.lastNanos()).isEqualTo(60);
    assertThat(state.last()).isEqualTo(result('u'));
    assertThat(state.contrary()).isEqualTo(1);
    assertThat(state.counts()).isEqualTo(new HealthGate.Counts(3, 1, 1));
  }

  @Test
  void otherSettingsHoldFromTheNextResultOn() {
    var state = HealthGate.State.unknown(0);
    state = HealthGate.step(RISE_3_FALL_2, state, result('g'), 1).next();
    state = HealthGate.step(new HealthGate.Settings(1, 5), state, result('b'), 2).next();
    state = HealthGate.step(new HealthGate.Settings(1, 5), state, result('b'), 3).next();
    assertThat(state.verdict()).isEqualTo(Health.State.UP);
    assertThat(HealthGate.step(RISE_3_FALL_2, state, result('b'), 4).isChanged()).isTrue();
  }

  @Test
  void riseAndFallBelowOneAreRefused() {
    assertThatThrownBy(() -> new HealthGate.Settings(0, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new HealthGate.Settings(1, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void everySequenceUpToNineResultsAgreesWithTheModel() {
    for (var length = 1; length <= 9; length++) {
      for (var code = 0; code < Math.pow(3, length); code++) {
        var results = new StringBuilder();
        for (int rest = code, i = 0; i < length; i++, rest /= 3) {
          results.append("gbu".charAt(rest % 3));
        }
        assertAgreesWithModel(RISE_3_FALL_2, results.toString());
      }
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void randomSequencesAgreeWithTheModel(long seed) {
    var random = new Random(seed);
    for (var run = 0; run < 200; run++) {
      var settings = new HealthGate.Settings(1 + random.nextInt(6), 1 + random.nextInt(6));
      var results = new StringBuilder();
      for (var i = random.nextInt(80); i >= 0; i--) {
        results.append("gggbbbu".charAt(random.nextInt(7)));
      }
      assertAgreesWithModel(settings, results.toString());
    }
  }

  private static void assertAgreesWithModel(HealthGate.Settings settings, String results) {
    assertThat(verdicts(settings, results))
        .as(settings + " " + results)
        .isEqualTo(model(settings, results));
  }

  /** Looks at the whole history of decided results each time, instead of keeping counters. */
  private static String model(HealthGate.Settings settings, String results) {
    var text = new StringBuilder();
    List<Character> decided = new ArrayList<>();
    var verdict = '?';
    for (var i = 0; i < results.length(); i++) {
      var letter = results.charAt(i);
      if (letter != 'u') {
        decided.add(letter);
        verdict = modelVerdict(settings, decided, verdict);
      }
      text.append(verdict);
    }
    return text.toString();
  }

  private static char modelVerdict(
      HealthGate.Settings settings, List<Character> decided, char verdict) {
    if (verdict == '?') {
      return decided.getLast() == 'g' ? 'U' : 'D';
    }
    var needed = verdict == 'U' ? settings.fall() : settings.rise();
    var contrary = verdict == 'U' ? 'b' : 'g';
    if (decided.size() < needed) {
      return verdict;
    }
    var tail = decided.subList(decided.size() - needed, decided.size());
    return tail.stream().allMatch(letter -> letter == contrary)
        ? (verdict == 'U' ? 'D' : 'U')
        : verdict;
  }
}
