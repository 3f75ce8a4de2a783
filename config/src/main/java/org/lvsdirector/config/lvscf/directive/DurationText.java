// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config.lvscf.directive;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Lengths of time as text: {@code 250ms}, {@code 1.5s}, {@code 2m}. */
public final class DurationText {
  private static final Pattern FORM =
      Pattern.compile("([0-9]{1,12})(?:\\.([0-9]{1,9}))?(us|ms|s|m|h)?");

  /** The longest number that the form admits. */
  private static final long MAX_NUMBER = 999_999_999_999L;

  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private DurationText() {}

  /**
   * Reads a number with or without fraction and unit; a bare number is seconds. Null if neither.
   */
  public static @Nullable Duration parse(String text) {
    var match = FORM.matcher(text);
    if (!match.matches() || text.length() > 1 && text.charAt(0) == '0' && isDigit(text.charAt(1))) {
      return null;
    }
    var fraction = match.group(2) == null ? "0" : match.group(2);
    var unit = match.group(3) == null ? "s" : match.group(3);
    var nanos =
        new BigDecimal(match.group(1) + "." + fraction)
            .multiply(BigDecimal.valueOf(nanosOf(unit)))
            .toBigInteger();
    var parts = nanos.divideAndRemainder(BigInteger.valueOf(NANOS_PER_SECOND));
    return Duration.ofSeconds(parts[0].longValueExact(), parts[1].longValueExact());
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static long nanosOf(String unit) {
    return switch (unit) {
      case "us" -> 1_000L;
      case "ms" -> 1_000_000L;
      case "m" -> 60 * NANOS_PER_SECOND;
      case "h" -> 3600 * NANOS_PER_SECOND;
      default -> NANOS_PER_SECOND;
    };
  }

  /** For people: always with a unit. */
  public static String format(Duration duration) {
    var isHours = duration.toNanosPart() == 0 && duration.toSeconds() % 3600 == 0;
    if (isHours && !duration.isZero()) {
      return duration.toHours() + "h";
    }
    var text = formatBare(duration);
    return isDigit(text.charAt(text.length() - 1)) ? text + "s" : text;
  }

  /**
   * For lvs.cf: whole seconds without a unit, as Piranha reads them; no fraction after 68 years.
   */
  public static String formatBare(Duration duration) {
    if (duration.toNanosPart() == 0 || duration.toSeconds() > Integer.MAX_VALUE) {
      return Long.toString(duration.toSeconds());
    }
    var micros = duration.toNanos() / 1000;
    if (micros > MAX_NUMBER) {
      return String.format(
          Locale.ROOT, "%d.%06d", duration.toSeconds(), duration.toNanosPart() / 1000);
    }
    return micros % 1000 == 0 ? micros / 1000 + "ms" : micros + "us";
  }
}
