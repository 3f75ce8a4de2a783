// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config.lvscf.directive;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.SchedulerFlag;
import org.lvsdirector.config.Worded;
import org.lvsdirector.config.lvscf.syntax.Node.Statement;
import org.lvsdirector.config.lvscf.syntax.Token;
import org.lvsdirector.config.problem.Nearest;
import org.lvsdirector.config.problem.PrintableText;
import org.lvsdirector.config.problem.ProblemCode;

/** Values that are words or text. */
public final class WordTypes {
  private WordTypes() {}

  /**
   * One of some words.
   *
   * @param words what each word means
   * @param advice what to do instead of some words that people write
   */
  public record KeywordType<T>(SequencedMap<String, T> words, Map<String, String> advice)
      implements ValueType<T> {
    /** One of these. */
    public static <T extends Worded> KeywordType<T> of(T[] all) {
      return new KeywordType<>(Worded.byWord(all), Map.of());
    }

    /** One of these texts, which lvs.cf writes in lower case. */
    public static KeywordType<String> ofText(String... texts) {
      var words = new LinkedHashMap<String, String>();
      for (var text : texts) {
        words.put(text.toLowerCase(Locale.ROOT), text);
      }
      return new KeywordType<>(words, Map.of());
    }

    @Override
    public @Nullable T read(Statement statement, Reading reading) {
      var word = statement.value();
      var value = words.get(word.text());
      if (value == null) {
        reading
            .problems()
            .report(
                ProblemCode.INVALID_WORD,
                word,
                PrintableText.quoted(word.text())
                    + " is not a value of "
                    + PrintableText.quoted(statement.name().text()),
                advice(word.text()));
      }
      return value;
    }

    private String advice(String text) {
      var known = advice.get(text);
      return known != null
          ? known
          : Nearest.advice(text, words.keySet(), "it can be " + String.join(", ", words.keySet()));
    }

    @Override
    public String print(T value) {
      for (var entry : words.entrySet()) {
        if (entry.getValue().equals(value)) {
          return entry.getKey();
        }
      }
      throw new IllegalArgumentException("no word for " + value);
    }

    @Override
    public String form() {
      return String.join(", ", words.keySet());
    }
  }

  /** One word, quoted when it has blanks. */
  public record TextType(String form) implements ValueType<String> {
    @Override
    public String read(Statement statement, Reading reading) {
      return statement.value().text();
    }

    @Override
    public String adviceForMore(Statement statement) {
      return quoteAdvice(statement);
    }

    @Override
    public String print(String value) {
      return Quoting.quoted(value);
    }
  }

  /** A path on a web server. */
  public record PathType() implements ValueType<String> {
    @Override
    public @Nullable String read(Statement statement, Reading reading) {
      var word = statement.value();
      var isPath =
          word.text().startsWith("/") && word.text().chars().allMatch(c -> c > ' ' && c < 0x7f);
      if (isPath) {
        return word.text();
      }
      reading
          .problems()
          .report(
              ProblemCode.INVALID_WORD,
              word,
              PrintableText.quoted(word.text()) + " is not the path of a page",
              "it begins with / and has no blanks: /health; write others as %20 and the like");
      return null;
    }

    @Override
    public String adviceForMore(Statement statement) {
      return quoteAdvice(statement);
    }

    @Override
    public String print(String value) {
      return Quoting.quoted(value);
    }

    @Override
    public String form() {
      return "path";
    }
  }

  /** The name of a host or domain, or an address. */
  public record NameType(String form) implements ValueType<String> {
    private static final int LONGEST = 253;

    @Override
    public @Nullable String read(Statement statement, Reading reading) {
      var word = statement.value();
      var text = word.text();
      var isName =
          !text.isEmpty() && text.length() <= LONGEST && text.chars().allMatch(NameType::isOfName);
      if (isName) {
        return text;
      }
      reading
          .problems()
          .report(
              ProblemCode.INVALID_WORD,
              word,
              PrintableText.quoted(text) + " is not a " + form,
              "it has letters, digits, dots and dashes, such as www.example.com");
      return null;
    }

    private static boolean isOfName(int c) {
      return c >= 'a' && c <= 'z'
          || c >= 'A' && c <= 'Z'
          || c >= '0' && c <= '9'
          || ".-_:[]".indexOf(c) >= 0;
    }

    @Override
    public String print(String value) {
      return Quoting.quoted(value);
    }
  }

  /** Text to send or to expect, whose escapes are translated when it is known how. */
  public record PayloadType() implements ValueType<Token> {
    @Override
    public Token read(Statement statement, Reading reading) {
      return statement.value();
    }

    @Override
    public String adviceForMore(Statement statement) {
      return quoteAdvice(statement);
    }

    @Override
    public String print(Token value) {
      return Quoting.quoted(value.text());
    }

    @Override
    public String form() {
      return "text";
    }
  }

  /** A list in brackets. */
  public record ListType() implements ValueType<List<String>> {
    @Override
    public @Nullable List<String> read(Statement statement, Reading reading) {
      var values = statement.values();
      if (values.size() >= 2 && values.getFirst().is("[") && values.getLast().is("]")) {
        return values.subList(1, values.size() - 1).stream().map(Token::text).toList();
      }
      reading
          .problems()
          .report(
              ProblemCode.LIST_EXPECTED, values.getFirst(), "a list is expected", "write [ A B ]");
      return null;
    }

    @Override
    public int mostWords() {
      return Integer.MAX_VALUE;
    }

    @Override
    public String print(List<String> value) {
      return "[ " + String.join(" ", value) + " ]";
    }

    @Override
    public String form() {
      return "[ word ... ]";
    }
  }

  /** Any number of scheduler flags. */
  public record FlagsType() implements ValueType<Set<SchedulerFlag>> {
    private static final Map<String, SchedulerFlag> WORDS =
        Map.of(
            "fallback", SchedulerFlag.FALLBACK,
            "sh-fallback", SchedulerFlag.FALLBACK,
            "mh-fallback", SchedulerFlag.FALLBACK,
            "port", SchedulerFlag.PORT,
            "sh-port", SchedulerFlag.PORT,
            "mh-port", SchedulerFlag.PORT);

    @Override
    public @Nullable Set<SchedulerFlag> read(Statement statement, Reading reading) {
      var flags = EnumSet.noneOf(SchedulerFlag.class);
      var areAllKnown = true;
      for (var word : statement.values()) {
        var from = 0;
        for (var text : word.text().split(",", -1)) {
          var flag = WORDS.get(text);
          if (flag == null) {
            areAllKnown = false;
            unknown(word.part(from, from + text.length()), reading);
          } else {
            flags.add(flag);
          }
          from += text.length() + 1;
        }
      }
      return areAllKnown ? flags : null;
    }

    private static void unknown(Token word, Reading reading) {
      reading
          .problems()
          .report(
              ProblemCode.INVALID_WORD,
              word,
              PrintableText.quoted(word.text()) + " is not a scheduler flag",
              Nearest.advice(
                  word.text(), new TreeSet<>(WORDS.keySet()), "it can be fallback, port"));
    }

    @Override
    public int mostWords() {
      return Integer.MAX_VALUE;
    }

    @Override
    public String print(Set<SchedulerFlag> value) {
      return value.stream().sorted().map(SchedulerFlag::word).collect(Collectors.joining(" "));
    }

    @Override
    public String form() {
      return "fallback, port";
    }
  }

  private static String quoteAdvice(Statement statement) {
    var words = statement.values().stream().map(Token::text).toList();
    var joined = String.join(" ", words);
    return joined.length() > 60
        ? "put the whole value in quotes"
        : "put the value in quotes: " + statement.name().text() + " = \"" + joined + "\"";
  }
}
