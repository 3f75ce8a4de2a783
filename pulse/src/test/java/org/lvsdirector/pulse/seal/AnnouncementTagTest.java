// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.seal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whose announcement it is. */
class AnnouncementTagTest {

  private static final long NOW = 1_800_000_000_000L;
  private static final byte[] HERE = "address here".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] THERE = "address there".getBytes(StandardCharsets.US_ASCII);
  private static final SealPolicy SEALED = new SealPolicy(ring(1), false);

  private final AnnouncementTag primary = new AnnouncementTag(SEALED, "PRIMARY", "BACKUP");
  private final AnnouncementTag backup = new AnnouncementTag(SEALED, "BACKUP", "PRIMARY");

  private static KeyRing ring(int... numbers) {
    return new KeyRing(Arrays.stream(numbers).mapToObj(AnnouncementTagTest::key).toList());
  }

  private static SealKey key(int number) {
    var secret = new byte[SealKey.BYTES];
    Arrays.fill(secret, (byte) number);
    return SealKey.of(secret);
  }

  @Test
  void thePartnersIsKnownOnce() {
    var tag = primary.of(HERE, NOW);
    assertThat(tag).hasSize(AnnouncementTag.BYTES);
    assertThat(backup.isPartners(HERE, tag, NOW)).isTrue();
    assertThat(backup.isPartners(HERE, tag, NOW)).as("played again").isFalse();
    assertThat(backup.isPartners(HERE, primary.of(HERE, NOW), NOW)).as("the next").isTrue();
  }

  @Test
  void aBurstInOneMillisecondIsKnownFrameByFrame() {
    for (var frame = 0; frame < 100; frame++) {
      assertThat(backup.isPartners(HERE, primary.of(HERE, NOW), NOW)).isTrue();
    }
  }

  @Test
  void whatSomebodyElseMadeOrChangedIsNot() {
    assertThat(backup.isPartners(THERE, primary.of(HERE, NOW), NOW)).as("another").isFalse();
    assertThat(backup.isPartners(HERE, backup.of(HERE, NOW), NOW)).as("its own").isFalse();
    var stranger = new AnnouncementTag(new SealPolicy(ring(2), false), "PRIMARY", "BACKUP");
    assertThat(backup.isPartners(HERE, stranger.of(HERE, NOW), NOW)).isFalse();
    var keyless = new AnnouncementTag(SealPolicy.NONE, "PRIMARY", "BACKUP");
    assertThat(backup.isPartners(HERE, keyless.of(HERE, NOW), NOW)).isFalse();
    for (var bit = 0; bit < AnnouncementTag.BYTES * Byte.SIZE; bit++) {
      var changed = primary.of(HERE, NOW);
      changed[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
      assertThat(backup.isPartners(HERE, changed, NOW)).as("bit %s", bit).isFalse();
    }
    for (var length : List.of(0, 8, 17, 19, 22)) {
      var cut = Arrays.copyOf(primary.of(HERE, NOW), length);
      assertThat(backup.isPartners(HERE, cut, NOW)).as("length %s", length).isFalse();
    }
    assertThat(backup.isPartners(HERE, primary.of(HERE, NOW), NOW)).as("mutes nobody").isTrue();
  }

  @Test
  void aRecordingIsWorthNothingAfterAMinuteHoweverSlowlyItIsPlayed() {
    var recorded = primary.of(HERE, NOW);
    assertThat(backup.isPartners(HERE, recorded, NOW + 60_001)).isFalse();
    assertThat(backup.isPartners(HERE, recorded, NOW - 60_001)).isFalse();
    assertThat(backup.isPartners(HERE, recorded, NOW + 60_000)).isTrue();
  }

  @Test
  void whatWasHeldBackIsNotKnownAfterSomethingLater() {
    var heldBack = primary.of(HERE, NOW);
    var overtaken = primary.of(HERE, NOW + 1900);
    assertThat(backup.isPartners(HERE, primary.of(HERE, NOW + 2000), NOW + 2000)).isTrue();
    assertThat(backup.isPartners(HERE, overtaken, NOW + 2000)).as("on another thread").isTrue();
    assertThat(backup.isPartners(HERE, heldBack, NOW + 2000)).isFalse();
  }

  @Test
  void keysAreReplacedWithoutAGap() {
    backup.rekey(ring(1, 2));
    assertThat(backup.isPartners(HERE, primary.of(HERE, NOW), NOW)).isTrue();
    primary.rekey(ring(2, 1));
    assertThat(backup.isPartners(HERE, primary.of(HERE, NOW), NOW)).isTrue();
    backup.rekey(ring(2));
    assertThat(backup.isPartners(HERE, primary.of(HERE, NOW), NOW)).isTrue();
    backup.rekey(ring(3));
    assertThat(backup.isPartners(HERE, primary.of(HERE, NOW), NOW)).isFalse();
  }

  @Test
  void withoutAKeyADirectorIsToldFromWhatIsNone() {
    var open = new AnnouncementTag(SealPolicy.NONE, "PRIMARY", "BACKUP");
    var other = new AnnouncementTag(SealPolicy.NONE, "BACKUP", "PRIMARY");
    assertThat(other.isPartners(HERE, open.of(HERE, NOW), NOW)).isTrue();
    assertThat(other.isPartners(HERE, new byte[AnnouncementTag.BYTES], NOW)).isFalse();
    assertThat(other.isPartners(HERE, primary.of(HERE, NOW), NOW)).isFalse();
  }

  @Test
  void whileAPairGetsItsFirstKeyBothCountUntilTheFirstWithTheKey() {
    var open = new AnnouncementTag(SealPolicy.NONE, "PRIMARY", "BACKUP");
    var changing = new AnnouncementTag(new SealPolicy(ring(1), true), "BACKUP", "PRIMARY");
    assertThat(changing.isPartners(HERE, open.of(HERE, NOW), NOW)).isTrue();
    assertThat(changing.isPartners(HERE, primary.of(HERE, NOW + 1), NOW)).isTrue();
    assertThat(changing.isPartners(HERE, open.of(HERE, NOW + 2), NOW)).isFalse();
  }
}
