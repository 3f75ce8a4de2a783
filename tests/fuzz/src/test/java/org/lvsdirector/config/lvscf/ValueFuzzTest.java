// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config.lvscf;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.lvsdirector.config.IpAddress;
import org.lvsdirector.config.lvscf.catalogue.Catalogue;
import org.lvsdirector.config.lvscf.directive.DurationText;
import org.lvsdirector.config.lvscf.syntax.Scope;

/** Any text as the value of any directive, in a file that is otherwise good. */
class ValueFuzzTest {
  private static final List<Place> PLACES = places();

  /** A directive in one of its scopes. */
  private record Place(Scope scope, String word) {}

  private static List<Place> places() {
    var places = new ArrayList<Place>();
    for (var row : Catalogue.rows()) {
      row.scopes().forEach(scope -> places.add(new Place(scope, row.word())));
    }
    return places;
  }

  static Stream<Arguments> seeds() {
    var values =
        List.of("1", "10.0.0.1 eth0:1", "2001:db8::1", "255.255.255.0", "1.5s", "\"a\\r\\n\"");
    return values.stream().map(value -> Seeds.bytes("\001" + value));
  }

  /**
   * Reads a value.
   *
   * @param bytes the first chooses the directive, the others are its value
   */
  @MethodSource("seeds")
  @DictionaryFile(resourcePath = "lvs.cf-words")
  @FuzzTest(maxDuration = "10s")
  void isReadOrTold(byte[] bytes) {
    if (bytes.length == 0) {
      return;
    }
    var value = new String(bytes, 1, bytes.length - 1, StandardCharsets.UTF_8);
    var text = file(PLACES.get((bytes[0] & 0xff) % PLACES.size()), value);
    var parsed = Cost.bounded(() -> LvsCf.parse(FuzzFiles.MAIN, text), text::length);
    Told.isSound(parsed.config() != null, parsed.problems(), _ -> text);
    Told.areNotes(parsed.notes(), _ -> text);
    Canonical.isReadAsTheSame(parsed.config());
    durationIsPrintedAsRead(value);
    addressIsPrintedAsRead(value);
  }

  private static String file(Place place, String value) {
    var line = place.word() + " = " + value + "\n";
    return "primary = 192.0.2.1\n"
        + at(place, Scope.GLOBAL, line)
        + "link other {\nprimary = 10.1.0.1\nbackup = 10.1.0.2\n"
        + at(place, Scope.LINK, line)
        + "}\nvirtual web {\nactive = 1\naddress = 192.0.2.80 eth0:1\n"
        + at(place, Scope.VIRTUAL, line)
        + "server one {\nactive = 1\naddress = 10.0.0.1\n"
        + at(place, Scope.SERVER, line)
        + "}\n}\n"
        + (place.scope() == Scope.FAILOVER ? failover(line) : "");
  }

  private static String failover(String line) {
    return "service = fos\nfailover web {\nactive = 1\naddress = 192.0.2.80 eth0:1\nport = 80\n"
        + "start_cmd = \"start\"\nstop_cmd = \"stop\"\n"
        + line
        + "}\n";
  }

  private static String at(Place place, Scope scope, String line) {
    return place.scope() == scope ? line : "";
  }

  private static void durationIsPrintedAsRead(String value) {
    var duration = DurationText.parse(value);
    if (duration == null) {
      return;
    }
    assertThat(duration).isGreaterThanOrEqualTo(Duration.ZERO);
    var printed = DurationText.format(duration);
    if (duration.toNanosPart() % 1000 == 0 && duration.toSeconds() <= Integer.MAX_VALUE) {
      assertThat(DurationText.parse(printed)).isEqualTo(duration);
    }
  }

  private static void addressIsPrintedAsRead(String value) {
    var address = IpAddress.parse(value);
    if (address != null) {
      assertThat(IpAddress.parse(address.toString())).isEqualTo(address);
    }
  }
}
