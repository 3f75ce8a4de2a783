// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.nanny;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.lvsdirector.config.Config;
import org.lvsdirector.config.Endpoint;
import org.lvsdirector.config.IpAddress;
import org.lvsdirector.config.lvscf.Explanations;
import org.lvsdirector.config.lvscf.LvsCf;

/** No kind of check that lvs.cf takes is one that nobody makes. */
@Timeout(60)
class AcceptedChecksTest {
  private static final Pattern WORDS = Pattern.compile("(?m)^  (made|not yet) +([a-z, ]+)");
  private static final Endpoint NOBODY = new Endpoint(IpAddress.of("127.0.0.1"), 1);

  @Test
  void everyKindThatIsAcceptedIsMade() throws InterruptedException {
    var accepted = new ArrayList<String>();
    try (var checker = new SocketChecker()) {
      for (var word : words()) {
        var config = read(word);
        if (config != null) {
          accepted.add(word);
          var check = config.services().getFirst().check();
          assertThat(checker.check(NOBODY, check).toString())
              .as(word)
              .doesNotContain("cannot make");
        }
      }
    }
    assertThat(accepted).contains("tcp", "udp", "script", "none");
  }

  private static List<String> words() {
    var words = new ArrayList<String>();
    var match = WORDS.matcher(Explanations.of("check"));
    while (match.find()) {
      words.addAll(Arrays.asList(match.group(2).split(", ")));
    }
    return words;
  }

  private static @Nullable Config read(String kind) {
    return LvsCf.parse(
            "primary = 192.0.2.1\nvirtual web {\nactive = 1\naddress = 192.0.2.80 eth0:1\n"
                + "timeout = 2\ncheck = "
                + kind
                + "\nsend = \"x\"\nexpect = \"y\"\nsend_program = \"/bin/true\"\n"
                + "server one {\nactive = 1\naddress = 10.10.0.9\n}\n}\n")
        .config();
  }
}
