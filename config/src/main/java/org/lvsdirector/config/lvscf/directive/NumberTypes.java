// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config.lvscf.directive;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.lvscf.syntax.Node.Statement;
import org.lvsdirector.config.lvscf.syntax.Token;
import org.lvsdirector.config.names.WellKnownPorts;
import org.lvsdirector.config.problem.Nearest;
import org.lvsdirector.config.problem.PrintableText;
import org.lvsdirector.config.problem.ProblemCode;
import org.lvsdirector.config.problem.Problems;

/** Values that are numbers. */
public final class NumberTypes {
  private NumberTypes() {}

  private static @Nullable Long inRange(
      Token word, @Nullable Long value, long min, long max, Problems problems) {
    if (value == null || value >= min && value <= max) {
      return value;
    }
    problems.report(
        ProblemCode.OUT_OF_RANGE,
        word,
        PrintableText.quoted(word.text()) + " is out of range",
        "write a number from " + min + " to " + max);
    return null;
  }

  /** A whole number within bounds. */
  public record IntType(long min, long max) implements ValueType<Long> {
    @Override
    public @Nullable Long read(Statement statement, Reading reading) {
      var word = statement.value();
      return inRange(word, Numbers.tell(word, reading.problems()), min, max, reading.problems());
    }

    @Override
    public String print(Long value) {
      return value.toString();
    }

    @Override
    public String form() {
      return "number " + min + " to " + max;
    }
  }

  /** 0 or 1. */
  public record BoolType() implements ValueType<Boolean> {
    @Override
    public @Nullable Boolean read(Statement statement, Reading reading) {
      var word = statement.value();
      var read = Numbers.read(word.text());
      if (read != null && (read.value() == 0 || read.value() == 1)) {
        return read.value() == 1;
      }
      reading
          .problems()
          .report(
              ProblemCode.NOT_A_BOOLEAN,
              word,
              PrintableText.quoted(word.text()) + " is neither 0 nor 1",
              advice(word.text()));
      return null;
    }

    private static String advice(String text) {
      return switch (text.toLowerCase(Locale.ROOT)) {
        case "yes", "true", "on" -> "write 1";
        case "no", "false", "off" -> "write 0";
        default -> "write 1 for yes or 0 for no";
      };
    }

    @Override
    public String print(Boolean value) {
      return value ? "1" : "0";
    }

    @Override
    public String form() {
      return "0 or 1";
    }
  }

  /** A number of which only 0 means no. */
  public record SwitchType() implements ValueType<Boolean> {
    @Override
    public @Nullable Boolean read(Statement statement, Reading reading) {
      var word = statement.value();
      var value = Numbers.tell(word, reading.problems());
      if (value != null && value != 0 && value != 1) {
        reading
            .problems()
            .report(
                ProblemCode.ODD_NUMBER,
                word,
                PrintableText.quoted(word.text()) + " counts as 1",
                "write 1 for yes or 0 for no");
      }
      return value == null ? null : value != 0;
    }

    @Override
    public String print(Boolean value) {
      return value ? "1" : "0";
    }

    @Override
    public String form() {
      return "0 or 1";
    }
  }

  /** A length of time: a number with a unit, or bare seconds. */
  public record DurationType(Duration min, Duration max, Duration step)
      implements ValueType<Duration> {
    @Override
    public @Nullable Duration read(Statement statement, Reading reading) {
      var word = statement.value();
      var duration = duration(word, reading.problems());
      if (duration == null) {
        return null;
      }
      var isInRange = duration.compareTo(min) >= 0 && duration.compareTo(max) <= 0;
      if (isInRange && duration.toNanos() % step.toNanos() == 0) {
        return duration;
      }
      reading
          .problems()
          .report(
              ProblemCode.OUT_OF_RANGE,
              word,
              PrintableText.quoted(word.text())
                  + (isInRange
                      ? " is finer than " + DurationText.format(step)
                      : " is out of range"),
              "write a " + form());
      return null;
    }

    private @Nullable Duration duration(Token word, Problems problems) {
      var number = Numbers.read(word.text());
      if (number != null) {
        Numbers.tellOfOctal(word, number, problems);
        var limit = max.toSeconds() + 1;
        return Duration.ofSeconds(Math.clamp(number.value(), -limit, limit));
      }
      var duration = DurationText.parse(word.text());
      if (duration == null) {
        problems.report(
            ProblemCode.INVALID_DURATION,
            word,
            PrintableText.quoted(word.text()) + " is not a length of time",
            Numbers.isBadOctal(word.text())
                ? "a leading zero means octal: write it without"
                : "write seconds, or a unit: 6, 1.5s, 250ms, 2m, 1h");
      }
      return duration;
    }

    @Override
    public String adviceForMore(Statement statement) {
      return "write the unit without a blank: 250ms";
    }

    @Override
    public String print(Duration value) {
      return DurationText.formatBare(value);
    }

    @Override
    public String form() {
      var from = "time from " + DurationText.format(min);
      var to = max.toSeconds() == Integer.MAX_VALUE ? "68 years" : DurationText.format(max);
      var isWhole = step.equals(Duration.ofSeconds(1));
      return from + " to " + to + (isWhole ? ", whole seconds" : "");
    }
  }

  /** A port by number or by the name of a service. */
  public record PortType(int min) implements ValueType<Integer> {
    @Override
    public @Nullable Integer read(Statement statement, Reading reading) {
      return port(statement.value(), min, reading);
    }

    static @Nullable Integer port(Token word, int min, Reading reading) {
      var problems = reading.problems();
      var number = Numbers.read(word.text());
      if (number != null) {
        Numbers.tellOfOctal(word, number, problems);
        var inRange = inRange(word, number.value(), min, 65535, problems);
        return inRange == null ? null : inRange.intValue();
      }
      var port = reading.names().port(word.text());
      if (port >= 0) {
        return port;
      }
      problems.report(
          ProblemCode.INVALID_PORT,
          word,
          word.text().isEmpty()
              ? "there is no port"
              : PrintableText.quoted(word.text()) + " is neither a port number nor a known service",
          advice(word.text()));
      return null;
    }

    private static String advice(String text) {
      return Numbers.isBadOctal(text)
          ? "a leading zero means octal: write it without"
          : Nearest.advice(text, WellKnownPorts.names(), "write the number of the port");
    }

    @Override
    public String print(Integer value) {
      return value.toString();
    }

    @Override
    public String form() {
      return "port " + min + " to 65535, or a service name";
    }
  }

  /** Status codes of HTTP, both ends included. */
  public record StatusRange(int lowest, int highest) {}

  /** One status code of HTTP, or a range of them. */
  public record StatusType() implements ValueType<StatusRange> {
    @Override
    public @Nullable StatusRange read(Statement statement, Reading reading) {
      var word = statement.value();
      var text = word.text();
      var dash = text.indexOf('-');
      var lowest = status(dash < 0 ? text : text.substring(0, dash));
      var highest = dash < 0 ? lowest : status(text.substring(dash + 1));
      if (lowest >= 0 && highest >= lowest) {
        return new StatusRange(lowest, highest);
      }
      reading
          .problems()
          .report(
              ProblemCode.OUT_OF_RANGE,
              word,
              PrintableText.quoted(text) + " is no status of HTTP",
              "write one from 100 to 599, or a range such as 200-299");
      return null;
    }

    private static int status(String text) {
      var isNumber = text.length() == 3 && text.chars().allMatch(c -> c >= '0' && c <= '9');
      var status = isNumber ? Integer.parseInt(text) : -1;
      return status >= 100 && status <= 599 ? status : -1;
    }

    @Override
    public String adviceForMore(Statement statement) {
      return "write a range as 200-299";
    }

    @Override
    public String print(StatusRange value) {
      return value.lowest() == value.highest()
          ? Integer.toString(value.lowest())
          : value.lowest() + "-" + value.highest();
    }

    @Override
    public String form() {
      return "status, or lowest-highest";
    }
  }
}
