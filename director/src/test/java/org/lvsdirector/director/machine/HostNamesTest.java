// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.lvsdirector.config.IpAddress;
import org.lvsdirector.config.IpAddress.Family;
import org.lvsdirector.config.names.NameResolver.Answer;

/** Names of hosts are found, or told of in time. */
class HostNamesTest {
  private static final HostNames.Limits AMPLE =
      new HostNames.Limits(Duration.ofMinutes(1), Duration.ofMinutes(1));
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
    var names = new HostNames(this::both, AMPLE);
    assertThat(names.address("www", Family.IPV4))
        .isEqualTo(new Answer.Found(IpAddress.of("192.0.2.9")));
    assertThat(names.address("www", Family.IPV6))
        .isEqualTo(new Answer.Found(IpAddress.of("2001:db8::9")));
    assertThat(asked).hasValue(1);
  }

  @Test
  void theOtherFamilyIsBetterThanNone() {
    var names = new HostNames(_ -> List.of(IpAddress.of("2001:db8::9")), AMPLE);
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
            AMPLE);
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
              limits);
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
}
