// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config.lvscf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lvsdirector.config.IpAddress;
import org.lvsdirector.config.directorconf.DirectorConfReader;
import org.lvsdirector.config.file.DiskIncludes;
import org.lvsdirector.config.lvscf.catalogue.Catalogue;
import org.lvsdirector.config.lvscf.directive.NumberTypes;
import org.lvsdirector.config.lvscf.syntax.IncludedFiles;
import org.lvsdirector.config.lvscf.syntax.Scope;
import org.lvsdirector.config.lvscf.syntax.Source;
import org.lvsdirector.config.names.NameResolver;
import org.lvsdirector.config.problem.FileText;
import org.lvsdirector.config.problem.Problem;
import org.lvsdirector.config.problem.ProblemCode;

class CatalogueDocTest {
  private static final Pattern EXAMPLE =
      Pattern.compile("^```lvs\\.cf *(\\w*)\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

  private static final String SERVER = "address = 10.10.0.9\n";

  /** An example of the page. */
  record Example(int number, String where, String text) {
    /** The example in a file that is otherwise good. */
    String whole() {
      var isVirtual = where.equals("virtual");
      return switch (where) {
        case "" -> text;
        case "top", "virtual" ->
            "primary = 192.0.2.1\nbackup = 192.0.2.2\nbackup_active = 1\n"
                + (isVirtual ? "" : text)
                + "virtual web {\nactive = 1\naddress = 192.0.2.80 eth0:1\n"
                + (isVirtual ? text : "")
                + "server other {\nactive = 1\naddress = 10.10.0.9\n}\n}\n";
        default -> throw new IllegalArgumentException("no place called " + where);
      };
    }
  }

  /** One file that is included, whatever is asked for. */
  private static final IncludedFiles ONE_FILE =
      new IncludedFiles() {
        @Override
        public @Nullable List<String> matching(String pattern, String includingFile) {
          return List.of("lvs.d/more.cf");
        }

        @Override
        public FileText read(String file) {
          return new FileText("serial_no = 7\n", List.of());
        }
      };

  /** Knows the one host that an example names. */
  private static final NameResolver NAMES =
      new NameResolver() {
        @Override
        public Answer address(String hostName, IpAddress.Family preferred) {
          return hostName.equals("localhost")
              ? new Answer.Found(IpAddress.of("127.0.0.1"))
              : new Answer.NotFound("no " + hostName, "");
        }

        @Override
        public int port(String serviceName) {
          return LITERALS_ONLY.port(serviceName);
        }
      };

  @Test
  void referencePageIsMadeFromTheCatalogue() throws IOException {
    check("lvs.cf.md", CatalogueDoc.lvsCf());
  }

  @Test
  void problemPageIsMadeFromTheCodes() throws IOException {
    check("problems.md", CatalogueDoc.problemCodes());
  }

  @Test
  void manualPagesAreMadeFromTheCatalogueAndTheDefaults() throws IOException {
    check("man/lvs.cf.5", ManPages.lvsCf());
    check("man/director.conf.5", ManPages.directorConf());
  }

  private static void check(String name, String expected) throws IOException {
    assertThat(expected).doesNotContain("{{");
    var file = ExampleFiles.ROOT.resolve("docs").resolve(name);
    if (Boolean.getBoolean("update.docs")) {
      Files.createDirectories(file.resolveSibling("x").getParent());
      Files.writeString(file, expected);
    }
    assertThat(Files.exists(file) ? Files.readString(file) : "")
        .as("stale; run: mvn test -pl config -Dtest=CatalogueDocTest -Dupdate.docs=true")
        .isEqualTo(expected);
  }

  static List<Example> examples() {
    var examples = new ArrayList<Example>();
    var match = EXAMPLE.matcher(CatalogueDoc.lvsCf());
    while (match.find()) {
      examples.add(new Example(examples.size() + 1, match.group(1), match.group(2)));
    }
    return examples;
  }

  @ParameterizedTest
  @MethodSource("examples")
  void exampleOfThePageGivesNoProblem(Example example) {
    var source = new Source("example.cf", example.whole(), ONE_FILE);
    var parsed = LvsCf.read(source, NAMES).parsed();
    assertThat(parsed.config()).as(parsed.problems().toString()).isNotNull();
    assertThat(parsed.problems()).isEmpty();
  }

  @Test
  void everyFenceOfThePageIsAnExample() {
    var fences = CatalogueDoc.lvsCf().lines().filter(line -> line.startsWith("```")).count();
    assertThat(fences).isEqualTo(2L * examples().size()).isGreaterThan(40);
  }

  @Test
  void exampleOfTheManualPageGivesNoProblem() {
    var page = ManPages.lvsCf();
    var from = page.indexOf(".Bd -literal\n") + ".Bd -literal\n".length();
    var example = page.substring(from, page.indexOf(".Ed", from)).replace("\\e", "\\");
    assertThat(LvsCf.parse(example).problems()).isEmpty();
  }

  @Test
  void everyDirectiveAndCodeIsExplained() {
    for (var row : Catalogue.rows()) {
      assertThat(Explanations.of(row.word())).contains(row.word(), row.meaning());
    }
    for (var code : ProblemCode.values()) {
      assertThat(Explanations.of(code.code())).contains(code.description());
      assertThat(Explanations.of(code.code().toLowerCase(Locale.ROOT))).isNotEmpty();
    }
    assertThat(Explanations.of("keepalife")).isEmpty();
    assertThat(Explanations.unknown("keepalife")).contains("keepalive");
  }

  @Test
  void everyBlockIsExplainedWithItsDirectives() {
    assertThat(Explanations.topics()).contains("virtual", "server", "link", "failover", "include");
    assertThat(Explanations.of("include")).contains("relative to the folder");
    assertThat(Explanations.of("server"))
        .contains("in a virtual block", "weight", "needs an address");
    for (var word : Scope.words()) {
      var words = Explanations.of(word).split("\\s+");
      assertThat(words).containsAll(Catalogue.words(Objects.requireNonNull(Scope.opening(word))));
      assertThat(Explanations.of(word).lines()).allMatch(line -> line.length() <= 100);
    }
  }

  static List<String> codes() {
    return Arrays.stream(ProblemCode.values()).map(ProblemCode::code).toList();
  }

  /** The examples are put into a file that is otherwise good. */
  @ParameterizedTest
  @MethodSource("codes")
  void exampleOfACodeGivesThisProblem(String code) {
    var example = ProblemExamples.byCode().get(code);
    Objects.requireNonNull(example, code);
    assertThat(example.remedy()).isNotBlank();
    assertThat(Explanations.of(code)).contains(example.remedy());
    if (!example.where().equals("none")) {
      assertThat(told(example)).contains(code);
    }
  }

  private static List<String> told(ProblemExamples.Example example) {
    var lines = String.join("\n", example.lines()) + "\n";
    if (example.where().equals("conf")) {
      var parsed = DirectorConfReader.read("director.conf", lines, Map.of());
      return parsed.problems().stream().map(Problem::code).toList();
    }
    var text =
        switch (example.where()) {
          case "file" -> lines;
          case "server" -> new Example(0, "top", "").whole().replace(SERVER, SERVER + lines);
          default -> new Example(0, example.where(), lines).whole();
        };
    var source = new Source("example.cf", text, new DiskIncludes());
    var parsed = LvsCf.read(source, NAMES).parsed();
    return Stream.concat(parsed.problems().stream(), parsed.notes().stream())
        .map(Problem::code)
        .toList();
  }

  @Test
  void everyCodeIsUsedOnce() {
    assertThat(ProblemCode.values()).extracting(ProblemCode::code).doesNotHaveDuplicates();
  }

  @Test
  void everyPresetIsWhatThePageSays() {
    for (var row : Catalogue.rows()) {
      var preset = row.preset();
      if (preset != null && row.type() instanceof NumberTypes.IntType) {
        assertThat(row.presetText()).as(row.word()).isEqualTo(preset.toString());
      }
    }
  }
}
