package org.lvsdirector.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LvsCfPrinterTest {

  static IntStream seeds() {
    return IntStream.range(0, 300);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void whatIsPrintedIsReadAsTheSameConfiguration(int seed) {
    var config = new RandomConfig(seed).config();
    var text = LvsCfPrinter.print(config);
    var parsed = LvsCf.parse(text);
    assertThat(parsed.config()).as("seed %d%n%s%n%s", seed, text, parsed.problems()).isNotNull();
    assertThat(parsed.config()).isEqualTo(LvsCfPrinter.withDigest(config));
    assertThat(LvsCfPrinter.print(parsed.config())).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"piranha-nat.cf", "piranha-direct.cf", "piranha-tunnel.cf"})
  void exampleSurvivesPrinting(String name) {
    var config = Objects.requireNonNull(LvsCf.parse(ExampleFiles.example(name)).config());
    assertThat(LvsCf.parse(LvsCfPrinter.print(config)).config()).isEqualTo(config);
  }

  @Test
  void digestIsOfTheMeaningOnly() {
    var text = ExampleFiles.installed("demo/lvs.cf");
    var config = Objects.requireNonNull(LvsCf.parse(text).config());
    var same = LvsCf.parse(text.replace("\t", "   ").replace("100ms", "0.1s") + "\n# more\n");
    var other = LvsCf.parse(text.replace("rise = 2", "rise = 3"));
    assertThat(config.digest()).matches("[0-9a-f]{16}");
    assertThat(Objects.requireNonNull(same.config()).digest()).isEqualTo(config.digest());
    assertThat(Objects.requireNonNull(other.config()).digest()).isNotEqualTo(config.digest());
  }

  @Test
  void blocksOfOneMarkArePrintedAndReadAsOneService() {
    var text =
        """
        primary = 192.0.2.1
        virtual http {
          active = 1
          address = 192.0.2.80 eth0:1
          fwmark = 9
          server a {
            address = 10.0.0.1
            active = 1
          }
        }
        virtual https {
          active = 1
          address = 192.0.2.81 eth0:2
          port = 443
          fwmark = 9
        }
        """;
    var config = Objects.requireNonNull(LvsCf.parse(text).config());
    assertThat(config.services()).hasSize(1);
    assertThat(config.heldAddresses())
        .extracting(held -> held.address().toString())
        .containsExactly("192.0.2.80", "192.0.2.81");
    assertThat(LvsCf.parse(LvsCfPrinter.print(config)).config()).isEqualTo(config);
  }
}
