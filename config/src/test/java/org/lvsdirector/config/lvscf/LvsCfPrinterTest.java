// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config.lvscf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lvsdirector.config.Config;
import org.lvsdirector.config.Unused;

class LvsCfPrinterTest {

  private static final String WITH_UNUSED =
      """
      primary = 192.0.2.1
      primary_shared = /dev/sda
      virtual old {
        address = 0.0.0.0 eth0:1
        port = 443
        timeout = 1.5s
        send = "a\\r\\n b"
        server c {
          active = 1
          address = 10.0.0.3
        }
      }
      virtual web {
        active = 1
        address = 192.0.2.80 eth0:1
        load_monitor = rup
        server a {
          address = 10.0.0.1
          active = 1
        }
        server b {
          address = 10.0.0.2
        }
      }
      failover ftp {
        active = 1
        address = 192.0.2.9 eth0:2
        start_cmd = "/bin/x start"
        stop_cmd = /bin/y
      }
      """;

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
    assertThat(apartFromUnused(Objects.requireNonNull(parsed.config())))
        .isEqualTo(LvsCfPrinter.withDigest(config));
    assertThat(LvsCfPrinter.print(parsed.config())).isEqualTo(text);
  }

  /** Read back, the later blocks of a mark are told to be there. */
  private static Config apartFromUnused(Config config) {
    return new Config(
        config.pair(),
        config.services(),
        config.global(),
        config.failovers(),
        Unused.NONE,
        config.digest());
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
  void whatDoesNotCountIsPrintedAndReadAgain() {
    var config = Objects.requireNonNull(LvsCf.parse(WITH_UNUSED).config());
    var text = LvsCfPrinter.print(config);
    assertThat(text)
        .contains("primary_shared = /dev/sda", "load_monitor = rup", "\tserver b {\n\t\tactive = 0")
        .endsWith(
            """

            virtual old {
            \tactive = 0
            \taddress = 0.0.0.0 eth0:1
            \tport = 443
            \tsend = "a\\r\\n b"
            \ttimeout = 1500ms
            \tserver c {
            \t\tactive = 1
            \t\taddress = 10.0.0.3
            \t}
            }

            failover ftp {
            \tactive = 1
            \taddress = 192.0.2.9 eth0:2
            \tstart_cmd = "/bin/x start"
            \tstop_cmd = /bin/y
            }
            """);
    var again = LvsCf.parse(text);
    assertThat(again.config()).as(again.problems().toString()).isEqualTo(config);
    assertThat(LvsCfPrinter.print(config)).isEqualTo(text);
    assertThat(config.services()).hasSize(1);
    assertThat(config.services().getFirst().servers()).hasSize(1);
  }

  @Test
  void whatDoesNotCountIsNotInTheDigest() {
    var other = WITH_UNUSED.replace("10.0.0.3", "10.0.0.4").replace("rup", "none");
    var config = Objects.requireNonNull(LvsCf.parse(WITH_UNUSED).config());
    var changed = Objects.requireNonNull(LvsCf.parse(other).config());
    assertThat(changed).isNotEqualTo(config);
    assertThat(changed.digest()).isEqualTo(config.digest());
  }

  @Test
  void virtualBlocksThatFailoverBlocksReplaceAreKept() {
    var text = WITH_UNUSED + "service = fos\n";
    var config = Objects.requireNonNull(LvsCf.parse(text).config());
    assertThat(config.unused().top().blocks())
        .extracting(Unused.Block::name)
        .containsExactly("old", "web");
    var printed = LvsCfPrinter.print(config);
    assertThat(LvsCf.parse(printed).config()).isEqualTo(config);
    assertThat(printed).contains("\tserver a {\n\t\tactive = 1", "\tserver b {\n\t\tactive = 0");
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
          server b {
            address = 10.0.0.2
            active = 1
          }
        }
        """;
    var config = Objects.requireNonNull(LvsCf.parse(text).config());
    assertThat(config.services()).hasSize(1);
    assertThat(config.heldAddresses())
        .extracting(held -> held.address().toString())
        .containsExactly("192.0.2.80", "192.0.2.81");
    var printed = LvsCfPrinter.print(config);
    assertThat(LvsCf.parse(printed).config()).isEqualTo(config);
    assertThat(printed).contains("virtual https {", "\tserver b {\n\t\tactive = 1");
  }
}
