// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import picocli.CommandLine.Command;

class MainTest {
  @Test
  void eachSubcommandIsCalledWhatItCallsItself() {
    var subcommands = Main.commandLine().getSubcommands();
    assertThat(subcommands).hasSizeGreaterThan(15);
    subcommands.forEach(
        (name, command) -> {
          var type = command.getCommandSpec().userObject().getClass();
          assertThat(type.getAnnotation(Command.class).name()).isEqualTo(name);
        });
  }

  @Test
  void onlyTheSubcommandThatIsAskedForIsBuilt() {
    assertThat(Main.commandLine("check", "lvs.cf").getSubcommands()).containsOnlyKeys("check");
  }

  @Test
  void allAreBuiltForWhatIsAboutAllOrNoneOfThem() {
    var all = Main.commandLine().getSubcommands().keySet();
    for (var first : new String[] {"help", "completion", "--help", "chekc"}) {
      assertThat(Main.commandLine(first).getSubcommands()).containsOnlyKeys(all);
    }
    assertThat(Main.commandLine(new String[0]).getSubcommands()).containsOnlyKeys(all);
  }
}
