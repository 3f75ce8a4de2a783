// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config.lvscf;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lvsdirector.config.problem.Problem;
import org.lvsdirector.config.problem.Problem.Severity;
import org.lvsdirector.config.problem.ProblemText;

/** Reading ends on every input, without an exception, and says what is wrong with it. */
class TotalnessTest {
  private static final String ALPHABET =
      "abcxyz019 \t\n\n\r\"'\\#={}[].:/-+%*\0\u00e9\ufeff\ud83d\ude00\u2028";
  private static final List<String> SEEDS =
      Stream.concat(
              Stream.of("nat", "direct", "tunnel", "failover")
                  .map(name -> ExampleFiles.example("piranha-" + name + ".cf")),
              Stream.of(ExampleFiles.installed("lvs.cf"), ExampleFiles.installed("demo/lvs.cf")))
          .toList();

  static IntStream seeds() {
    return IntStream.range(0, 200);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void mutatedFilesAreReadOrTold(int seed) {
    var random = new Random(seed);
    for (var i = 0; i < 20; i++) {
      var text = mutated(SEEDS.get(random.nextInt(SEEDS.size())), random);
      var parsed =
          Assertions.assertTimeoutPreemptively(
              Duration.ofSeconds(20), () -> LvsCf.parse("fuzz.cf", text));
      var hasError = parsed.problems().stream().anyMatch(p -> p.severity() == Severity.ERROR);
      assertThat(parsed.config() == null).as(text).isEqualTo(hasError);
      parsed.problems().forEach(problem -> check(problem, text));
    }
  }

  private static void check(Problem problem, String text) {
    assertThat(ProblemText.render(problem, false)).as(text).contains(problem.code());
    assertThat(problem.message()).as(text).doesNotContain("\n", "\r", "\0");
    var at = problem.at();
    var length = at.source().codePointCount(0, at.source().length());
    assertThat(at.column() - 1).as(text).isBetween(-1, length);
  }

  private static String mutated(String text, Random random) {
    var mutated = new StringBuilder(text);
    var changes = 1 + random.nextInt(8);
    for (var i = 0; i < changes; i++) {
      change(mutated, random);
    }
    return mutated.toString();
  }

  private static void change(StringBuilder text, Random random) {
    if (text.isEmpty()) {
      text.append('x');
    }
    var at = random.nextInt(text.length());
    var end = Math.min(text.length(), at + random.nextInt(60));
    switch (random.nextInt(5)) {
      case 0 -> text.setCharAt(at, ALPHABET.charAt(random.nextInt(ALPHABET.length())));
      case 1 -> text.insert(at, ALPHABET.charAt(random.nextInt(ALPHABET.length())));
      case 2 -> text.delete(at, end);
      case 3 -> text.insert(random.nextInt(text.length()), text.substring(at, end));
      default -> text.setLength(at);
    }
  }

  @Test
  void hugeInputsEndSoonAndAreTold() {
    var inputs =
        List.of(
            "\"".repeat(1 << 20),
            "{\n".repeat(1 << 18),
            "virtual w {\n".repeat(1 << 17),
            "virtual w {\nserver s {\n".repeat(1 << 16),
            "x = y\n".repeat(1 << 18),
            "send = \"" + "\\".repeat(60_000) + "\"",
            "a ".repeat(30_000),
            "\r".repeat(1 << 20),
            "virtual w {\nactive = 1\naddress = 1.2.3.4 e\nuse_regex = 1\nexpect = \""
                + "(".repeat(1_000)
                + "\"\n}");
    for (var input : inputs) {
      var parsed =
          Assertions.assertTimeoutPreemptively(Duration.ofSeconds(30), () -> LvsCf.parse(input));
      assertThat(parsed.config()).isNull();
      assertThat(parsed.problems()).hasSizeBetween(1, 1001);
    }
  }

  @Test
  void tenThousandServicesAreRead() {
    var text = new StringBuilder("primary = 192.0.2.1\n");
    for (var i = 0; i < 10_000; i++) {
      text.append("virtual v").append(i).append(" {\nactive = 1\n");
      text.append("address = 10.1.").append(i / 250).append('.').append(i % 250 + 1);
      text.append(" eth0\nvip_nmask = 255.255.255.255\n");
      for (var j = 1; j <= 5; j++) {
        text.append("server s").append(j).append(" {\nactive = 1\naddress = 10.2.0.").append(j);
        text.append("\n}\n");
      }
      text.append("}\n");
    }
    var parsed =
        Assertions.assertTimeoutPreemptively(
            Duration.ofSeconds(60), () -> LvsCf.parse(text.toString()));
    assertThat(parsed.problems()).isEmpty();
    var config = parsed.config();
    assertThat(config).isNotNull();
    assertThat(config.services()).hasSize(10_000);
  }

  @Test
  void whatIsNoRegularFileIsToldAndNotWaitedFor(@TempDir Path folder) throws Exception {
    var pipe = folder.resolve("pipe.cf");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    var told =
        Assertions.assertTimeoutPreemptively(
            Duration.ofSeconds(20), () -> ConfigFiles.lvsCf(pipe).problems());
    assertThat(told).extracting(Problem::code).containsExactly("LVS0002");
  }
}
