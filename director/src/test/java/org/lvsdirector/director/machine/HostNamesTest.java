// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lvsdirector.config.IpAddress;
import org.lvsdirector.config.IpAddress.Family;
import org.lvsdirector.config.names.NameResolver.Answer;

/** Names of hosts are found, or told of in time. */
class HostNamesTest {
  private static final HostNames.Limits AMPLE =
      new HostNames.Limits(Duration.ofMinutes(1), Duration.ofMinutes(1));
  @TempDir Path folder = Path.of("");

  private final AtomicInteger asked = new AtomicInteger();

  private List<IpAddress> both(String hostName) {
    asked.incrementAndGet();
    return List.of(IpAddress.of("2001:db8::9"), IpAddress.of("192.0.2.9"));
  }

  private static String complaint(Answer answer) {
    return answer instanceof Answer.NotFound(var message, var _) ? message : "found: " + answer;
  }

  @Test
  void theFamilyThatSuitsIsTakenAndANameIsAskedForOnce() {
    var names = new HostNames(this::both, AMPLE, NameMemory.NONE);
    assertThat(names.address("www", Family.IPV4))
        .isEqualTo(new Answer.Found(IpAddress.of("192.0.2.9")));
    assertThat(names.address("www", Family.IPV6))
        .isEqualTo(new Answer.Found(IpAddress.of("2001:db8::9")));
    assertThat(asked).hasValue(1);
  }

  @Test
  void theOtherFamilyIsBetterThanNone() {
    var names = new HostNames(_ -> List.of(IpAddress.of("2001:db8::9")), AMPLE, NameMemory.NONE);
    assertThat(names.address("www", Family.IPV4))
        .isEqualTo(new Answer.Found(IpAddress.of("2001:db8::9")));
  }

  @Test
  void anUnknownNameIsToldByName() {
    var names =
        new HostNames(
            name -> {
              throw new UnknownHostException(name);
            },
            AMPLE,
            NameMemory.NONE);
    assertThat(complaint(names.address("wwww.example", Family.IPV4)))
        .contains("no address", "'wwww.example'");
  }

  @Test
  void silentNameServersHoldNothingUp() {
    var never = new CountDownLatch(1);
    try {
      var limits = new HostNames.Limits(Duration.ofMillis(20), Duration.ofMillis(30));
      var names =
          new HostNames(
              _ -> {
                asked.incrementAndGet();
                try {
                  never.await();
                } catch (InterruptedException _) {
                  Thread.currentThread().interrupt();
                }
                return List.of();
              },
              limits,
              NameMemory.NONE);
      assertThat(complaint(names.address("one", Family.IPV4))).contains("'one'", "within");
      assertThat(complaint(names.address("two", Family.IPV4))).contains("'two'");
      assertThat(complaint(names.address("three", Family.IPV4))).contains("'three'", "already");
      assertThat(asked).hasValueLessThanOrEqualTo(2);
    } finally {
      never.countDown();
    }
  }

  @Test
  void thisMachineKnowsItselfAndItsServices() {
    var names = HostNames.ofThisMachine();
    assertThat(names.address("localhost", Family.IPV4))
        .isEqualTo(new Answer.Found(IpAddress.of("127.0.0.1")));
    assertThat(names.port("ldap")).isEqualTo(389);
    assertThat(names.port("no-such-service")).isEqualTo(-1);
  }

  private static HostNames.Lookup knows(Map<String, List<String>> addresses) {
    return host -> {
      var found = addresses.get(host);
      if (found == null) {
        throw new UnknownHostException(host);
      }
      return found.stream().map(IpAddress::of).toList();
    };
  }

  private HostNames names(Map<String, List<String>> addresses) {
    return new HostNames(knows(addresses), AMPLE, NameMemory.in(folder));
  }

  private static Answer address(HostNames names, String host) {
    return names.address(host, Family.IPV4);
  }

  @Test
  void aHostThatIsNotFoundIsWhereItWasWhenAFileWithItWasTaken() {
    var first = names(Map.of("www", List.of("192.0.2.1")));
    address(first, "www");
    first.keep();

    var answer = address(names(Map.of()), "www");

    assertThat(answer).isInstanceOf(Answer.Remembered.class);
    assertThat(((Answer.Remembered) answer).address()).isEqualTo(IpAddress.of("192.0.2.1"));
  }

  @Test
  void whatNoFileInForceNamesIsForgotten() {
    var first = names(Map.of("www", List.of("192.0.2.1"), "ftp", List.of("192.0.2.2")));
    address(first, "www");
    first.keep();
    var second = first.again();
    address(second, "ftp");
    second.keep();

    assertThat(address(names(Map.of()), "www")).isInstanceOf(Answer.NotFound.class);
    assertThat(address(names(Map.of()), "ftp")).isInstanceOf(Answer.Remembered.class);
  }

  @Test
  void aHostWithSeveralAddressesKeepsTheOneItHas() {
    var first = names(Map.of("www", List.of("192.0.2.1", "192.0.2.2")));
    address(first, "www");
    first.keep();
    var turned = names(Map.of("www", List.of("192.0.2.2", "192.0.2.1")));
    var moved = names(Map.of("www", List.of("192.0.2.2", "192.0.2.3")));

    assertThat(first.changes(turned)).isEmpty();
    assertThat(address(moved, "www")).isEqualTo(new Answer.Found(IpAddress.of("192.0.2.2")));
    assertThat(first.changes(moved)).containsExactly("www was 192.0.2.1 and is 192.0.2.2 now");
  }

  @Test
  void whatWasAnsweredCanBeRepeatedWithoutAsking() {
    var first = names(Map.of("www", List.of("192.0.2.1")));
    address(first, "www");

    assertThat(first.repeated().address("www", Family.IPV4))
        .isEqualTo(new Answer.Found(IpAddress.of("192.0.2.1")));
    assertThat(first.repeated().address("ftp", Family.IPV4)).isInstanceOf(Answer.NotFound.class);
  }

  @Test
  void aMemoryThatCannotBeReadIsEmpty() throws IOException {
    Files.write(folder.resolve("names"), new byte[] {'w', (byte) 0xff, '\n'});
    assertThat(address(names(Map.of()), "w")).isInstanceOf(Answer.NotFound.class);
    Files.writeString(folder.resolve("names"), "www IPV4 somewhere\nwww IPV9 192.0.2.1\nwww\n");
    assertThat(address(names(Map.of()), "www")).isInstanceOf(Answer.NotFound.class);
  }
}
