// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config.lvscf.binding;

import static org.lvsdirector.config.lvscf.catalogue.CheckDirectives.CHECK;
import static org.lvsdirector.config.lvscf.catalogue.CheckDirectives.EXPECT;
import static org.lvsdirector.config.lvscf.catalogue.CheckDirectives.REENTRY;
import static org.lvsdirector.config.lvscf.catalogue.CheckDirectives.SEND;
import static org.lvsdirector.config.lvscf.catalogue.CheckDirectives.SEND_PROGRAM;
import static org.lvsdirector.config.lvscf.catalogue.CheckDirectives.USE_REGEX;
import static org.lvsdirector.config.lvscf.catalogue.ServiceDirectives.PORT;
import static org.lvsdirector.config.lvscf.catalogue.ServiceDirectives.PROTOCOL;

import java.time.Duration;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.CheckSettings;
import org.lvsdirector.config.CheckSettings.Check;
import org.lvsdirector.config.CheckSettings.Expect;
import org.lvsdirector.config.CheckSettings.Tls;
import org.lvsdirector.config.Protocol;
import org.lvsdirector.config.lvscf.catalogue.CheckDirectives;
import org.lvsdirector.config.lvscf.catalogue.CheckKind;
import org.lvsdirector.config.lvscf.catalogue.Directive;
import org.lvsdirector.config.lvscf.catalogue.Escapes;
import org.lvsdirector.config.lvscf.catalogue.PosixRegex;
import org.lvsdirector.config.lvscf.syntax.Token;
import org.lvsdirector.config.problem.PrintableText;
import org.lvsdirector.config.problem.ProblemCode;
import org.lvsdirector.config.problem.Problems;

/** Makes the check of a service from what its block says. */
final class CheckBinder {
  private static final String UDP_ADVICE =
      "give send and expect, name a program with send_program, or write check = none";

  private static final int HTTP_PORT = 80;
  private static final int PIRANHA_COMPARED = 254;
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
    var timeout = values.get(CheckDirectives.TIMEOUT);
    var interval = Objects.requireNonNullElse(values.given(CheckDirectives.INTERVAL), timeout);
    return new CheckSettings(
        check(),
        interval,
        timeout,
        rise(interval),
        values.get(CheckDirectives.FALL).intValue(),
        Objects.requireNonNullElse(values.given(CheckDirectives.CHECK_PORT), 0));
  }

  private int rise(Duration interval) {
    var rise = values.given(CheckDirectives.RISE);
    if (rise != null) {
      tellOfReentry();
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
    return Math.clamp(reentry.toNanos() / interval.toNanos(), 1, MAX_RISE);
  }

  private void tellOfReentry() {
    if (values.isMentioned(REENTRY)) {
      problems.report(
          ProblemCode.NO_EFFECT,
          values.nameOf(REENTRY, header),
          "reentry has no effect beside rise",
          "remove one of them");
    }
  }

  private Check check() {
    var kind = values.given(CHECK);
    tellOfForeign(kind);
    if (kind != null) {
      return explicit(kind);
    }
    var protocol = values.get(PROTOCOL);
    if (values.isMentioned(SEND_PROGRAM)) {
      return program();
    }
    if (protocol != Protocol.SCTP && hasText()) {
      return sendExpect(protocol);
    }
    return switch (protocol) {
      case TCP ->
          values.get(PORT) == HTTP_PORT
              ? new Check.SendExpect(protocol, "GET / HTTP/1.0\r\n\r\n", new Expect.Prefix("HTTP"))
              : new Check.Connect();
      case UDP -> impossible("a udp service is checked by what it answers", UDP_ADVICE);
      case SCTP ->
          impossible(
              "an sctp service can neither be connected to nor asked by a check",
              "name a program with send_program, or write check = none");
    };
  }

  /** Tells of settings that belong to another kind of check. */
  private void tellOfForeign(@Nullable CheckKind kind) {
    if (kind == null && values.isMentioned(CHECK)) {
      return;
    }
    for (var directive : CheckWords.ALL) {
      if (values.isMentioned(directive) && !CheckWords.of(kind).contains(directive)) {
        var kinds = CheckWords.kindsWith(directive);
        problems.report(
            ProblemCode.NO_EFFECT,
            values.nameOf(directive, header),
            "'"
                + directive.word()
                + "' has no effect "
                + (kind == null ? "without 'check'" : "on check = " + kind.word()),
            "it is for check = " + kinds);
      }
    }
  }

  private Check explicit(CheckKind kind) {
    if (!kind.isRun()) {
      problems.report(
          ProblemCode.CANNOT_MAKE,
          values.at(CHECK, header),
          "this version cannot make such a check, so every server counts as down",
          "use send and expect, or check = tcp, until it can");
    }
    return switch (kind) {
      case TCP -> hasText() ? sendExpect(Protocol.TCP) : new Check.Connect();
      case UDP -> udp();
      case HTTP -> http(null);
      case HTTPS -> http(tls());
      case TLS -> new Check.Handshake(tls());
      case SMTP -> new Check.Smtp(values.get(CheckDirectives.CHECK_HELO));
      case DNS ->
          new Check.Dns(
              values.get(CheckDirectives.CHECK_QUERY),
              values.get(CheckDirectives.CHECK_QUERY_TYPE));
      case PING -> new Check.Ping();
      case SCRIPT -> script(values.get(USE_REGEX));
      case NONE -> new Check.None();
    };
  }

  private boolean hasText() {
    return values.isMentioned(SEND) || values.isMentioned(EXPECT);
  }

  private Check udp() {
    return values.isMentioned(SEND)
        ? sendExpect(Protocol.UDP)
        : impossible("a udp server answers only to what is sent", UDP_ADVICE);
  }

  private Check http(@Nullable Tls tls) {
    var status = values.get(CheckDirectives.CHECK_STATUS);
    var body = decoded(CheckDirectives.CHECK_BODY, false);
    if (!body.isEmpty() && values.get(CheckDirectives.CHECK_METHOD).equals("HEAD")) {
      problems.report(
          ProblemCode.CANNOT_CHECK,
          values.at(CheckDirectives.CHECK_BODY, header),
          "the answer to a HEAD request has no body",
          "write check_method = get, or remove check_body");
    }
    return new Check.Http(
        values.get(CheckDirectives.CHECK_METHOD),
        values.get(CheckDirectives.CHECK_PATH),
        values.given(CheckDirectives.CHECK_HOST),
        status.lowest(),
        status.highest(),
        body,
        tls);
  }

  private Tls tls() {
    var name = values.given(CheckDirectives.CHECK_TLS_NAME);
    if (name == null) {
      name = values.given(CheckDirectives.CHECK_HOST);
    }
    var isVerified = values.get(CheckDirectives.CHECK_TLS_VERIFY);
    if (isVerified && name == null) {
      problems.report(
          ProblemCode.REQUIRED,
          values.at(CheckDirectives.CHECK_TLS_VERIFY, header),
          "a certificate is verified for a name, and none is given",
          "add check_tls_name = NAME");
    }
    return new Tls(name, isVerified);
  }

  private Check script(boolean isRegex) {
    var command = values.given(SEND_PROGRAM);
    if (command == null || command.isBlank()) {
      problems.report(
          ProblemCode.REQUIRED,
          values.at(SEND_PROGRAM, values.at(CHECK, header)),
          "check = script needs a program",
          "add send_program = \"/path/to/program %h %p\"");
      return new Check.None();
    }
    tellOfPlaceholders(command);
    return new Check.Script(command, printed(isRegex));
  }

  /** Piranha compared all that a program prints but its last byte, which should be a line end. */
  private Expect printed(boolean isRegex) {
    if (!values.isMentioned(EXPECT)) {
      return new Expect.Nothing();
    }
    var expect = expect(isRegex);
    return expect instanceof Expect.Prefix(var text) ? new Expect.Exactly(text) : expect;
  }

  private void tellOfPlaceholders(String command) {
    for (var word : command.split(" ")) {
      if (word.length() > 2 && (word.contains("%h") || word.contains("%p"))) {
        problems.report(
            ProblemCode.PLACEHOLDER,
            values.at(SEND_PROGRAM, header),
            PrintableText.quoted(word) + " has %h or %p inside of a word",
            "it is replaced here; Piranha replaced only a whole word, so such a check never"
                + " worked");
        return;
      }
    }
  }

  private Check impossible(String reason, String advice) {
    problems.report(
        ProblemCode.CANNOT_CHECK,
        values.at(CHECK, values.at(PROTOCOL, header)),
        reason + ", so no server would ever be up",
        advice);
    return new Check.None();
  }

  /** A program is named, and nothing says that it is the check: what Piranha's files had. */
  private Check program() {
    if (values.get(USE_REGEX)) {
      problems.report(
          ProblemCode.NO_EFFECT,
          values.nameOf(USE_REGEX, header),
          "use_regex has no effect beside send_program",
          "Piranha ignored it as well; write check = script to use it");
    }
    if (values.isMentioned(SEND)) {
      problems.note(
          ProblemCode.NO_EFFECT,
          values.nameOf(SEND, header),
          "send has no effect beside send_program, which is the check",
          "it was so with Piranha; remove one of them");
    }
    if (values.isMentioned(EXPECT)) {
      problems.note(
          ProblemCode.PROGRAM_FAILS,
          values.nameOf(SEND_PROGRAM, header),
          "a server counts as down when the program fails or hangs; Piranha took it as up",
          "make sure that the program ends with exit status 0 when the server is well");
    }
    return script(false);
  }

  private Check sendExpect(Protocol protocol) {
    var send = decoded(SEND, false);
    var expect = values.isMentioned(EXPECT) ? expect(values.get(USE_REGEX)) : new Expect.Nothing();
    if (send.isEmpty() && expect instanceof Expect.Nothing) {
      return new Check.Connect();
    }
    if (protocol == Protocol.UDP) {
      if (send.isEmpty() && !values.isWrong(SEND)) {
        return impossible("a udp service answers only to what is sent", UDP_ADVICE);
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

  private Expect expect(boolean isRegex) {
    var text = decoded(EXPECT, isRegex);
    if (isRegex) {
      return regex(text);
    }
    if (text.length() > PIRANHA_COMPARED) {
      problems.report(
          ProblemCode.LONG_EXPECT,
          values.at(EXPECT, header),
          "all %d bytes are compared; Piranha compared the first %d"
              .formatted(text.length(), PIRANHA_COMPARED),
          "shorten it to what tells a good answer");
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
      return PrintableText.printable(e.getDescription());
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
