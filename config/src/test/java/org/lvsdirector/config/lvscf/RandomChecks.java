// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config.lvscf;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.CheckSettings;
import org.lvsdirector.config.CheckSettings.Check;
import org.lvsdirector.config.CheckSettings.Expect;
import org.lvsdirector.config.CheckSettings.Tls;
import org.lvsdirector.config.Protocol;
import org.lvsdirector.config.lvscf.check.CheckKind;
import org.lvsdirector.config.lvscf.directive.PosixRegex;

/** Checks that an lvs.cf can express, drawn from the generator that is given. */
public final class RandomChecks {
  private static final List<String> REGEXES =
      List.of(
          "OK|ok", "[[:digit:]]+\\.\\d", "[]a[&&]*\r\n", "^HTTP/1\\.[01] (200|301)\\x41", "a\"b'c");
  private static final List<String> COMMANDS =
      List.of("/bin/check", "/bin/check %h %p", "/x --a='b c' #1", "it's {a} = \\n", "x\\");
  private static final List<String> NAMES =
      List.of("a.example", "xn--bcher-kva.example", ".", "10.0.0.1", "[2001:db8::1]:80", "_x.y");

  private final Random random;

  /** Checks of this generator. */
  public RandomChecks(Random random) {
    this.random = random;
  }

  CheckSettings settings(Protocol protocol) {
    return new CheckSettings(
        made(protocol),
        Duration.ofMillis(10).plus(Duration.ofNanos(1000L * random.nextInt(5_000_000))),
        Duration.ofMillis(1 + random.nextInt(9000)),
        1 + random.nextInt(1000),
        1 + random.nextInt(10),
        random.nextBoolean() || protocol == Protocol.SCTP ? 0 : 1 + random.nextInt(65535));
  }

  private Check made(Protocol protocol) {
    while (true) {
      var check = check(protocol);
      if (CheckKind.of(check).isRun()) {
        return check;
      }
    }
  }

  /** A check of any kind, also of those that this version cannot make. */
  public Check check(Protocol protocol) {
    return switch (random.nextInt(10)) {
      case 0 -> new Check.None();
      case 1 -> new Check.Ping();
      case 2 -> http();
      case 3 -> new Check.Handshake(tls(name()));
      case 4 -> new Check.Smtp(oneOf(NAMES));
      case 5 -> new Check.Dns(oneOf(NAMES), oneOf(List.of("A", "AAAA", "SOA", "TXT")));
      case 6 -> new Check.Script(oneOf(COMMANDS), maybePrinted());
      case 7 -> new Check.Connect();
      default -> conversation(protocol);
    };
  }

  private Check conversation(Protocol protocol) {
    return switch (protocol) {
      case UDP -> new Check.SendExpect(protocol, bytes(), expect());
      case TCP, SCTP ->
          random.nextBoolean()
              ? new Check.SendExpect(Protocol.TCP, bytes(), maybeExpect())
              : new Check.SendExpect(Protocol.TCP, "", expect());
    };
  }

  /** Without a name of its own the handshake takes that of the Host header. */
  private Check http() {
    var method = random.nextBoolean() ? "GET" : "HEAD";
    var host = name();
    var lowest = 100 + random.nextInt(500);
    return new Check.Http(
        method,
        oneOf(List.of("/", "/health", "/a?b=c&d=%20#e", "/'\"\\{}=")),
        host,
        lowest,
        lowest + random.nextInt(600 - lowest),
        method.equals("GET") && random.nextBoolean() ? bytes() : "",
        random.nextBoolean() ? null : tls(host == null ? name() : oneOf(NAMES)));
  }

  private Tls tls(@Nullable String name) {
    return new Tls(name, name != null && random.nextBoolean());
  }

  private @Nullable String name() {
    return random.nextBoolean() ? null : oneOf(NAMES);
  }

  private Expect maybeExpect() {
    return random.nextBoolean() ? new Expect.Nothing() : expect();
  }

  /** What a program prints is compared as a whole. */
  private Expect maybePrinted() {
    var expect = maybeExpect();
    return expect instanceof Expect.Prefix(var text) ? new Expect.Exactly(text) : expect;
  }

  private Expect expect() {
    return switch (random.nextInt(3)) {
      case 0 -> new Expect.Anything();
      case 1 -> new Expect.Prefix("+" + bytes());
      default -> new Expect.Regex(PosixRegex.toJava(oneOf(REGEXES)));
    };
  }

  private String bytes() {
    var length = 1 + random.nextInt(20);
    var bytes = new StringBuilder();
    for (var i = 0; i < length; i++) {
      bytes.append((char) random.nextInt(random.nextBoolean() ? 128 : 256));
    }
    return bytes.toString();
  }

  String command() {
    return oneOf(COMMANDS);
  }

  private <E> E oneOf(List<E> all) {
    return all.get(random.nextInt(all.size()));
  }
}
