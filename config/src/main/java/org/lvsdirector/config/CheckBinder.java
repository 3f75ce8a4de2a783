package org.lvsdirector.config;

import static org.lvsdirector.config.Catalogue.CHECK;
import static org.lvsdirector.config.Catalogue.EXPECT;
import static org.lvsdirector.config.Catalogue.PORT;
import static org.lvsdirector.config.Catalogue.PROTOCOL;
import static org.lvsdirector.config.Catalogue.REENTRY;
import static org.lvsdirector.config.Catalogue.SEND;
import static org.lvsdirector.config.Catalogue.SEND_PROGRAM;
import static org.lvsdirector.config.Catalogue.USE_REGEX;

import java.time.Duration;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.CheckSettings.Check;
import org.lvsdirector.config.CheckSettings.Expect;

/** Makes the check of a service from what its block says. */
final class CheckBinder {
  private static final int HTTP_PORT = 80;
  private static final int MAX_REGEX_LENGTH = 1024;
  private static final int MAX_RISE = 1_000_000;

  private final Values values;
  private final Token header;
  private final Problems problems;

  CheckBinder(Values values, Token header, Problems problems) {
    this.values = values;
    this.header = header;
    this.problems = problems;
  }

  CheckSettings bind() {
    var timeout = values.get(Catalogue.TIMEOUT);
    var interval = Objects.requireNonNullElse(values.given(Catalogue.INTERVAL), timeout);
    return new CheckSettings(
        check(), interval, timeout, rise(interval), values.get(Catalogue.FALL).intValue());
  }

  private int rise(Duration interval) {
    var rise = values.given(Catalogue.RISE);
    if (rise != null) {
      return rise.intValue();
    }
    var reentry = values.get(REENTRY);
    if (reentry.isZero()) {
      problems.report(
          ProblemCode.REENTRY_ZERO,
          values.at(REENTRY, header),
          "reentry 0 means the default of 180s, as it did with Piranha",
          "write rise = 1 if a server may return at once");
      reentry = Objects.requireNonNull(REENTRY.preset());
    }
    return Math.clamp(reentry.dividedBy(interval), 1, MAX_RISE);
  }

  private Check check() {
    var kind = values.given(CHECK);
    if (kind != null) {
      return explicit(kind);
    }
    var protocol = values.get(PROTOCOL);
    var hasText = values.isMentioned(SEND) || values.isMentioned(EXPECT);
    if (values.isMentioned(SEND_PROGRAM)) {
      return insteadOfProgram(protocol);
    }
    if (hasText) {
      return sendExpect(protocol);
    }
    if (protocol != Protocol.TCP) {
      return impossible("a udp service is checked by what it answers");
    }
    return values.get(PORT) == HTTP_PORT
        ? new Check.SendExpect(protocol, "GET / HTTP/1.0\r\n\r\n", new Expect.Prefix("HTTP"))
        : new Check.Connect();
  }

  private Check explicit(Catalogue.CheckKind kind) {
    for (var directive : new Directive<?>[] {SEND, EXPECT}) {
      if (values.isMentioned(directive)) {
        problems.report(
            ProblemCode.NO_EFFECT,
            values.nameOf(directive, header),
            "'" + directive.word() + "' has no effect beside 'check'",
            "remove one of the two");
      }
    }
    return switch (kind) {
      case TCP ->
          values.get(PROTOCOL) == Protocol.TCP
              ? new Check.Connect()
              : impossible("a udp service has no connections");
      case NONE -> new Check.None();
    };
  }

  private Check impossible(String reason) {
    problems.report(
        ProblemCode.CANNOT_CHECK,
        values.at(CHECK, values.at(PROTOCOL, header)),
        reason + ", so no server would ever be up",
        "give send and expect, or check = none");
    return new Check.None();
  }

  private Check insteadOfProgram(Protocol protocol) {
    var send = values.isMentioned(SEND);
    var canConnect = protocol == Protocol.TCP;
    problems.report(
        ProblemCode.CHECK_REPLACED,
        values.nameOf(SEND_PROGRAM, header),
        "the program is not run; "
            + (send
                ? "send and expect are used"
                : canConnect ? "a TCP connection is tried" : "every server counts as up"),
        "give send and expect that show whether the service works");
    if (values.get(USE_REGEX)) {
      problems.report(
          ProblemCode.NO_EFFECT,
          values.nameOf(USE_REGEX, header),
          "use_regex has no effect beside send_program",
          "Piranha ignored it as well");
    }
    if (send) {
      return sendExpect(protocol);
    }
    return canConnect ? new Check.Connect() : new Check.None();
  }

  private Check sendExpect(Protocol protocol) {
    var send = decoded(SEND, false);
    var expect = values.isMentioned(EXPECT) ? expect() : new Expect.Nothing();
    if (send.isEmpty() && expect instanceof Expect.Nothing) {
      return new Check.Connect();
    }
    if (protocol == Protocol.UDP) {
      if (send.isEmpty() && !values.isWrong(SEND)) {
        return impossible("a udp service answers only to what is sent");
      }
      if (expect instanceof Expect.Nothing) {
        problems.report(
            ProblemCode.CHECK_REPLACED,
            values.nameOf(SEND, header),
            "a udp check without expect waits for any answer",
            "write expect = \"*\" if that is meant");
        return new Check.SendExpect(protocol, send, new Expect.Anything());
      }
    }
    return new Check.SendExpect(protocol, send, expect);
  }

  private Expect expect() {
    var isRegex = values.get(USE_REGEX);
    var text = decoded(EXPECT, isRegex);
    if (isRegex) {
      return regex(text);
    }
    return text.isEmpty() || text.equals("*") ? new Expect.Anything() : new Expect.Prefix(text);
  }

  private Expect regex(String text) {
    var regex = PosixRegex.toJava(text);
    var complaint = complaint(regex);
    if (complaint != null) {
      problems.report(
          ProblemCode.INVALID_REGEX,
          values.at(EXPECT, header),
          "not a regular expression: " + complaint,
          "mend it, or write use_regex = 0 for plain text");
    }
    return new Expect.Regex(regex);
  }

  private static @Nullable String complaint(String regex) {
    if (regex.length() > MAX_REGEX_LENGTH) {
      return "longer than " + MAX_REGEX_LENGTH + " characters";
    }
    try {
      Pattern.compile(regex);
      return null;
    } catch (PatternSyntaxException e) {
      return Shown.printable(e.getDescription());
    }
  }

  private String decoded(Directive<Token> directive, boolean isRegex) {
    var word = values.given(directive);
    if (word == null) {
      return "";
    }
    if (word.quote() == '\'') {
      problems.report(
          ProblemCode.SINGLE_QUOTES,
          word,
          "the single quotes are not part of the text here",
          "Piranha sent them along; write double quotes");
    }
    return Objects.requireNonNullElse(Escapes.decode(word, isRegex, problems), "");
  }
}
