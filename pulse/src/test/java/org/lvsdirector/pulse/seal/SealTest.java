// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.lvsdirector.pulse.seal.Seal.Opened;
import org.lvsdirector.pulse.seal.Seal.Reason;

/** What a seal protects, and what it refuses. */
class SealTest {

  private static final long NOW = 1_800_000_000_000L;

  /** Made by this class, and opened once by another implementation of HKDF and AES-GCM. */
  private static final String GOLDEN =
      "4c56534501e15644450101010101010101010101010101010100000000000000019a2e0f31966557"
          + "eb379f3aed230fc20c660ec904c84ce31998fe3e5263bba7134eb934361bf9d8576257cd9ea1";

  private static final SealKey KEY = key(1);
  private static final KeyRing KEYS = new KeyRing(List.of(KEY));
  private static final SealContext HERE = new SealContext("public", "PRIMARY", "BACKUP");
  private static final SealContext THERE = new SealContext("public", "BACKUP", "PRIMARY");

  private final Seal primary = new Seal(HERE, KEYS, salt(1));
  private final Seal backup = new Seal(THERE, KEYS, salt(2));

  @Test
  void sealedBytesAreThoseOfTheFormat() {
    assertThat(HexFormat.of().formatHex(seal(primary, "hello", NOW)))
        .isEqualTo(GOLDEN)
        .startsWith("4c56534501" + HexFormat.of().toHexDigits(KEY.id()) + "01".repeat(16));
    assertThat(text(backup.open(HexFormat.of().parseHex(GOLDEN), 0, GOLDEN.length() / 2, NOW)))
        .isEqualTo("hello");
  }

  @Test
  void nothingOfTheMessageCanBeRead() {
    var sealed = seal(primary, "role ACTIVE term 17", NOW);
    assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("role", "ACTIVE");
    assertThat(seal(primary, "role ACTIVE term 17", NOW)).isNotEqualTo(sealed);
  }

  @Test
  void whatIsSealedHereOpensThereWhereverItLies() {
    var sealed = seal(primary, "hello", NOW);
    var shifted = new byte[sealed.length + 20];
    System.arraycopy(sealed, 0, shifted, 7, sealed.length);
    assertThat(text(backup.open(shifted, 7, sealed.length, NOW))).isEqualTo("hello");
  }

  @Test
  void everyChangedBitIsNoticed() {
    var sealed = seal(primary, "hello", NOW);
    for (var bit = 0; bit < 8 * sealed.length; bit++) {
      var forged = sealed.clone();
      forged[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(backup.open(forged, 0, forged.length, NOW))
          .as("bit %d", bit)
          .isInstanceOf(Opened.Refused.class);
    }
    assertThat(text(open(backup, sealed))).isEqualTo("hello");
  }

  @Test
  void everyCutOffMessageIsRefused() {
    var sealed = seal(primary, "hello", NOW);
    for (var length = 0; length < sealed.length; length++) {
      assertThat(backup.open(sealed, 0, length, NOW)).isInstanceOf(Opened.Refused.class);
    }
  }

  @Test
  void aMessageIsTakenOnce() {
    var sealed = seal(primary, "hello", NOW);
    assertThat(text(open(backup, sealed))).isEqualTo("hello");
    assertThat(reason(open(backup, sealed))).isEqualTo(Reason.REPLAYED);
  }

  @Test
  void messagesOutOfOrderAreTakenWithinTheWindow() {
    var first = seal(primary, "first", NOW);
    var second = seal(primary, "second", NOW);
    assertThat(text(open(backup, second))).isEqualTo("second");
    assertThat(text(open(backup, first))).isEqualTo("first");
    var late = seal(primary, "late", NOW);
    for (var i = 0; i < ReplayWindow.SIZE; i++) {
      open(backup, seal(primary, "x", NOW));
    }
    assertThat(reason(open(backup, late))).isEqualTo(Reason.REPLAYED);
  }

  @Test
  void aMessageThatComesBackToItsSenderIsForged() {
    assertThat(reason(open(primary, seal(primary, "hello", NOW)))).isEqualTo(Reason.FORGED);
  }

  @Test
  void aMessageOfAnotherLinkIsForged() {
    var other = new Seal(new SealContext("private", "BACKUP", "PRIMARY"), KEYS, salt(3));
    assertThat(reason(open(other, seal(primary, "hello", NOW)))).isEqualTo(Reason.FORGED);
  }

  @Test
  void unsealedMessagesAreTakenUntilTheFirstSealedOne() {
    var self = new SealedChannel(new SealPolicy(KEYS, true), THERE);
    var partner = new SealedChannel(new SealPolicy(KEYS, false), HERE);
    var plain = "hello".getBytes(StandardCharsets.US_ASCII);
    assertThat(self.inward(plain, 0, plain.length)).isNotNull();
    var outward = partner.outward(plain, 0, plain.length);
    var sealed = new byte[outward.remaining()];
    outward.get(sealed);
    assertThat(self.inward(sealed, 0, sealed.length)).isNotNull();
    assertThat(self.inward(plain, 0, plain.length)).isNull();
    assertThat(self.refusals()).isEqualTo(new Refusals(1, 0, 0, 0));
  }

  @Test
  void anotherKeyIsToldFromAForgery() {
    var stranger = new Seal(HERE, new KeyRing(List.of(key(9))), salt(4));
    assertThat(reason(open(backup, seal(stranger, "hello", NOW)))).isEqualTo(Reason.WRONG_KEY);
    assertThat(reason(open(backup, "hello".repeat(40).getBytes(StandardCharsets.US_ASCII))))
        .isEqualTo(Reason.UNSEALED);
  }

  @Test
  void aRecordingOfAnEarlierBootIsRefused() {
    var recorded = seal(primary, "old", NOW);
    open(backup, seal(primary, "old too", NOW));
    var restarted = new Seal(HERE, KEYS, salt(5));
    assertThat(text(open(backup, seal(restarted, "new", NOW + 1)))).isEqualTo("new");
    assertThat(reason(open(backup, recorded))).isEqualTo(Reason.REPLAYED);
  }

  @Test
  void aRecordingIsRefusedByOneWhoHasRestartedSince() {
    var recorded = seal(primary, "old", NOW);
    var later = NOW + Seal.NEAR_MILLIS + 1;
    var restarted = new Seal(THERE, KEYS, salt(6));
    assertThat(reason(restarted.open(recorded, 0, recorded.length, later)))
        .isEqualTo(Reason.REPLAYED);
    var fresh = new Seal(HERE, KEYS, salt(7));
    var said = seal(fresh, "new", later);
    assertThat(text(restarted.open(said, 0, said.length, later))).isEqualTo("new");
    var replayed = restarted.open(recorded, 0, recorded.length, NOW);
    assertThat(reason(replayed)).as("though the clock was set back").isEqualTo(Reason.REPLAYED);
  }

  @Test
  void aRecordingThatIsPlayedSlowlyEndsWithItsMinute() {
    var recorded = new ArrayList<byte[]>();
    for (var millis = 0; millis <= 30_000; millis += 100) {
      recorded.add(seal(primary, "ACTIVE", NOW + millis));
    }
    var start = NOW + 31_000;
    var restarted = new Seal(THERE, KEYS, salt(6));
    var lastTaken = start;
    var now = start;
    for (var message : recorded) {
      if (restarted.open(message, 0, message.length, now) instanceof Opened.Message) {
        lastTaken = now;
      }
      now += 450;
    }
    assertThat(lastTaken).isBetween(start + 1, start + 60_000);
  }

  @Test
  void aPartnerThatHearsNothingIsHeardForAsLongAsItsClockIsRight() {
    for (var millis = 0; millis < 600_000; millis += 1_000) {
      var said = seal(primary, "hello", NOW + millis);
      assertThat(text(backup.open(said, 0, said.length, NOW + millis + 20))).isEqualTo("hello");
    }
  }

  @Test
  void aPartnerThatHasRepeatedTheSaltMaySetItsClock() {
    exchange();
    exchange();
    var said = seal(primary, "hello", NOW / 2);
    assertThat(text(backup.open(said, 0, said.length, NOW + 10))).isEqualTo("hello");
  }

  @Test
  void aFloodOfSaltsThatNobodyHasSeenCostsNoDerivationEachAndKeepsNoPartnerOut() {
    var candidates = new Candidates();
    var marked = new Candidates();
    var derived = 0;
    var repeated = 0;
    for (var i = 0; i < 20_000; i++) {
      var salt = new byte[SealFormat.SALT_BYTES];
      new Random(i).nextBytes(salt);
      derived += candidates.find(KEY, salt, NOW + i % 1000) == null ? 0 : 1;
      repeated += marked.find(KEY, KEY.marked(salt), NOW + i % 1000) == null ? 0 : 1;
    }
    assertThat(derived).isEqualTo(Budget.PER_SECOND);
    assertThat(repeated).isEqualTo(Budget.PER_SECOND);
    assertThat(candidates.find(KEY, SealedChannel.freshSalt(KEY), NOW)).isNotNull();
    assertThat(candidates.find(KEY, salt(1), NOW + 1000)).as("of an older release").isNotNull();
  }

  @Test
  void theMarkOfASaltIsTheKeysOwn() {
    var salt = SealedChannel.freshSalt(KEY);
    assertThat(KEY.hasMarked(salt)).isTrue();
    assertThat(key(2).hasMarked(salt)).isFalse();
    for (var bit = 0; bit < 8 * salt.length; bit++) {
      var changed = salt.clone();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(KEY.hasMarked(changed)).as("bit %d", bit).isFalse();
    }
  }

  @Test
  void twoWhoseClocksDifferByYearsFindEachOther() {
    var years = NOW * 2;
    assertThat(reason(backup.open(seal(primary, "1", NOW), 0, length("1"), years)))
        .isEqualTo(Reason.REPLAYED);
    var answer = seal(backup, "2", years);
    assertThat(text(primary.open(answer, 0, answer.length, NOW)))
        .as("it repeats the salt that it heard")
        .isEqualTo("2");
    var proven = seal(primary, "3", NOW);
    assertThat(text(backup.open(proven, 0, proven.length, years))).isEqualTo("3");
    var restarted = new Seal(HERE, KEYS, salt(8));
    var first = seal(restarted, "4", NOW);
    assertThat(reason(backup.open(first, 0, first.length, years))).isEqualTo(Reason.REPLAYED);
  }

  @Test
  void aKeyIsReplacedWithoutAGap() {
    var fresh = key(2);
    exchange();
    primary.rekey(new KeyRing(List.of(KEY, fresh)));
    exchange();
    backup.rekey(new KeyRing(List.of(KEY, fresh)));
    exchange();
    primary.rekey(new KeyRing(List.of(fresh, KEY)));
    exchange();
    backup.rekey(new KeyRing(List.of(fresh, KEY)));
    exchange();
    primary.rekey(new KeyRing(List.of(fresh)));
    exchange();
    backup.rekey(new KeyRing(List.of(fresh)));
    exchange();
    var old = new Seal(HERE, KEYS, salt(9));
    assertThat(reason(open(backup, seal(old, "old", NOW + 1)))).isEqualTo(Reason.WRONG_KEY);
  }

  @Test
  void keyFilesAreReadAsTheyAreWritten() {
    var keys = new KeyRing(List.of(key(1), key(2)));
    assertThat(KeyRing.parse(keys.text())).isEqualTo(keys);
    assertThat(KeyRing.parse("\n # why\n" + keys.text() + "\n\n")).isEqualTo(keys);
    assertThat(keys.toString()).doesNotContain(key(1).base64());
    assertThatThrownBy(() -> KeyRing.parse("# nothing")).hasMessageContaining("no key");
    assertThatThrownBy(() -> KeyRing.parse("# x\nkey c2VjcmV0"))
        .hasMessageContaining("line 2")
        .hasMessageNotContaining("c2VjcmV0");
  }

  private void exchange() {
    assertThat(text(open(backup, seal(primary, "to", NOW)))).isEqualTo("to");
    assertThat(text(open(primary, seal(backup, "fro", NOW)))).isEqualTo("fro");
  }

  private static byte[] seal(Seal by, String text, long nowMillis) {
    var bytes = text.getBytes(StandardCharsets.US_ASCII);
    return by.seal(bytes, 0, bytes.length, nowMillis);
  }

  private static int length(String text) {
    return text.length() + SealFormat.OVERHEAD_BYTES;
  }

  private static Opened open(Seal by, byte[] sealed) {
    return by.open(sealed, 0, sealed.length, NOW);
  }

  private static String text(Opened opened) {
    return switch (opened) {
      case Opened.Message(var bytes, var _) -> StandardCharsets.US_ASCII.decode(bytes).toString();
      case Opened.Refused(var reason) -> throw new AssertionError(reason);
    };
  }

  private static Reason reason(Opened opened) {
    return switch (opened) {
      case Opened.Message(var bytes, var _) ->
          throw new AssertionError("opened: " + StandardCharsets.US_ASCII.decode(bytes));
      case Opened.Refused(var reason) -> reason;
    };
  }

  private static SealKey key(int number) {
    var secret = new byte[SealKey.BYTES];
    Arrays.fill(secret, (byte) number);
    return SealKey.of(secret);
  }

  private static byte[] salt(int number) {
    var salt = new byte[SealFormat.SALT_BYTES];
    Arrays.fill(salt, (byte) number);
    return salt;
  }
}
