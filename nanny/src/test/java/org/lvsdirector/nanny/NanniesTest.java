// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.nanny;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.lvsdirector.config.CheckSettings;
import org.lvsdirector.config.CheckSettings.Check;
import org.lvsdirector.config.CheckSettings.Expect;
import org.lvsdirector.config.Endpoint;
import org.lvsdirector.config.ForwardingMethod;
import org.lvsdirector.config.Health;
import org.lvsdirector.config.IpAddress;
import org.lvsdirector.config.Protocol;
import org.lvsdirector.config.SchedulerName;
import org.lvsdirector.config.ServerKey;
import org.lvsdirector.config.ServiceKey;
import org.lvsdirector.config.VirtualService;
import org.lvsdirector.nanny.CheckResult.Bad;
import org.lvsdirector.nanny.CheckResult.Good;

@Timeout(60)
class NanniesTest {
  private static final Duration FAST = Duration.ofMillis(10);
  private static final ServiceKey SERVICE =
      new ServiceKey.ByAddress(Protocol.TCP, new Endpoint(IpAddress.of("127.0.0.100"), 8080));
  private static final Endpoint A = new Endpoint(IpAddress.of("127.0.0.11"), 80);
  private static final Endpoint B = new Endpoint(IpAddress.of("127.0.0.12"), 80);
  private static final Endpoint C = new Endpoint(IpAddress.of("127.0.0.13"), 80);

  private final Script script = new Script();
  private final List<Health> told = new CopyOnWriteArrayList<>();
  private final List<AutoCloseable> toClose = new ArrayList<>();

  /** Answers for every server as the test wishes, and remembers what it was asked. */
  private static final class Script implements Checker {
    final Map<Endpoint, CheckResult> answers = new ConcurrentHashMap<>();
    final Map<Endpoint, AtomicInteger> checks = new ConcurrentHashMap<>();
    final Map<Endpoint, CheckSettings> askedWith = new ConcurrentHashMap<>();
    final Set<Endpoint> hanging = ConcurrentHashMap.newKeySet();
    final AtomicInteger interrupted = new AtomicInteger();

    @Override
    public CheckResult check(Endpoint server, CheckSettings settings) throws InterruptedException {
      askedWith.put(server, settings);
      checks.computeIfAbsent(server, _ -> new AtomicInteger()).incrementAndGet();
      if (hanging.contains(server)) {
        try {
          new Semaphore(0).acquire();
        } catch (InterruptedException e) {
          interrupted.incrementAndGet();
          throw e;
        }
      }
      return answers.getOrDefault(server, new Good("fine", 1));
    }

    int checks(Endpoint server) {
      return checks.getOrDefault(server, new AtomicInteger()).get();
    }
  }

  @AfterEach
  void end() throws Exception {
    for (var each : toClose) {
      each.close();
    }
  }

  private Nannies start(Checker checker) {
    var nannies = Nannies.start(checker, told::add);
    toClose.add(nannies);
    return nannies;
  }

  private static CheckSettings settings(Duration interval, int rise, int fall) {
    return new CheckSettings(new Check.Connect(), interval, Duration.ofSeconds(5), rise, fall);
  }

  private static VirtualService service(CheckSettings check, Endpoint... servers) {
    var real = new ArrayList<VirtualService.RealServer>();
    for (var server : servers) {
      real.add(
          new VirtualService.RealServer(server.toString(), server, 1, ForwardingMethod.NAT, 0, 0));
    }
    var address = new VirtualService.VirtualAddress(IpAddress.of("127.0.0.100"), 8, "lo", "lo:1");
    return new VirtualService(
        new VirtualService.Identity("web", SERVICE, address),
        new VirtualService.Forwarding(SchedulerName.WLC, Set.of(), null, null, false, false),
        new VirtualService.Monitoring(check),
        real);
  }

  private static ServerKey key(Endpoint server) {
    return new ServerKey(SERVICE, server);
  }

  private static Watched of(Nannies nannies, Endpoint server) {
    return Objects.requireNonNull(nannies.watched().get(key(server)));
  }

  @Test
  void everyServerGetsItsVerdictAfterTheFirstCheck() {
    script.answers.put(B, new Bad("connection refused", 1));
    var nannies = start(script);
    nannies.watch(List.of(service(settings(Duration.ofHours(1), 3, 3), A, B)));

    var expected = new Health(Map.of(key(A), Health.State.UP, key(B), Health.State.DOWN));
    await().until(() -> nannies.health().equals(expected));
    assertThat(told.getLast()).isEqualTo(expected);
    assertThat(of(nannies, B).last()).isEqualTo(new Bad("connection refused", 1));
    assertThat(of(nannies, B).counts()).isEqualTo(new HealthGate.Counts(0, 1, 0));
  }

  @Test
  void checksGoOnAndVerdictsFollowThem() {
    var nannies = start(script);
    nannies.watch(List.of(service(settings(FAST, 2, 2), A)));
    await().until(() -> nannies.health().of(key(A)) == Health.State.UP);
    script.answers.put(A, new Bad("broken", 1));
    await().until(() -> nannies.health().of(key(A)) == Health.State.DOWN);
    script.answers.put(A, new Good("fine", 1));
    await().until(() -> nannies.health().of(key(A)) == Health.State.UP);
    assertThat(told)
        .extracting(health -> health.of(key(A)))
        .containsExactly(Health.State.UP, Health.State.DOWN, Health.State.UP);
  }

  @Test
  void vanishedServerIsNoLongerCheckedNorKnown() {
    var nannies = start(script);
    nannies.watch(List.of(service(settings(FAST, 1, 1), A, B)));
    await().until(() -> nannies.health().servers().size() == 2);
    script.hanging.add(B);
    var before = script.checks(B);
    await().until(() -> script.checks(B) > before);

    nannies.watch(List.of(service(settings(FAST, 1, 1), A)));

    await().until(() -> nannies.health().servers().keySet().equals(Set.of(key(A))));
    await().until(() -> script.interrupted.get() == 1);
    assertThat(nannies.watched()).containsOnlyKeys(key(A));
    assertThat(told.getLast().servers()).containsOnlyKeys(key(A));
  }

  @Test
  void unchangedServerKeepsStateAndScheduleOnReload() {
    var nannies = start(script);
    var hourly = settings(Duration.ofHours(1), 1, 1);
    nannies.watch(List.of(service(hourly, A)));
    await().until(() -> nannies.health().servers().size() == 1);

    nannies.watch(List.of(service(hourly, A, B)));

    await().until(() -> nannies.health().servers().size() == 2);
    assertThat(script.checks(A)).isEqualTo(1);
    assertThat(of(nannies, A).counts().good()).isEqualTo(1);
  }

  @Test
  void changedSettingsKeepTheVerdictAndHoldFromTheNextCheck() {
    var nannies = start(script);
    nannies.watch(List.of(service(settings(Duration.ofHours(1), 1, 1), A)));
    await().until(() -> nannies.health().of(key(A)) == Health.State.UP);
    var changes = told.size();

    var fast = settings(FAST, 2, 3);
    nannies.watch(List.of(service(fast, A)));

    await().until(() -> script.checks(A) > 3);
    assertThat(script.askedWith.get(A)).isEqualTo(fast);
    assertThat(nannies.health().of(key(A))).isEqualTo(Health.State.UP);
    assertThat(told).hasSize(changes);
  }

  @Test
  void whatThisProcessDoesWrongInACheckChangesNoVerdictAndTheNannyGoesOn() {
    var isFaulty = new AtomicBoolean();
    Checker faulty =
        (server, settings) -> {
          var result = script.check(server, settings);
          if (isFaulty.get() && server.equals(A)) {
            throw new IllegalStateException("Oh dear");
          }
          if (isFaulty.get()) {
            throw new OutOfMemoryError("unable to create native thread");
          }
          return result;
        };
    var nannies = start(faulty);
    nannies.watch(List.of(service(settings(FAST, 1, 1), A, B)));
    await().until(() -> nannies.health().of(key(A)) == Health.State.UP);
    await().until(() -> nannies.health().of(key(B)) == Health.State.UP);
    isFaulty.set(true);
    await().until(() -> of(nannies, A).counts().undecided() > 4);
    await().until(() -> of(nannies, B).counts().undecided() > 4);
    assertThat(of(nannies, A).last())
        .isInstanceOfSatisfying(
            CheckResult.Undecided.class, last -> assertThat(last.reason()).isEqualTo("oh dear"));
    assertThat(of(nannies, B).last())
        .isInstanceOfSatisfying(
            CheckResult.Undecided.class,
            last -> assertThat(last.reason()).isEqualTo("unable to create native thread"));
    assertThat(of(nannies, A).verdict()).isEqualTo(Health.State.UP);
    assertThat(of(nannies, B).verdict()).isEqualTo(Health.State.UP);
  }

  private static String reason(@Nullable CheckResult result) {
    return result instanceof Bad(var reason, var _) ? reason : "";
  }

  @Test
  void checkThatCannotBeMadeLeavesTheVerdict() {
    var nannies = start(script);
    nannies.watch(List.of(service(settings(FAST, 1, 1), A)));
    await().until(() -> nannies.health().of(key(A)) == Health.State.UP);
    script.answers.put(A, new CheckResult.Undecided("too many open files", 1));
    await().until(() -> of(nannies, A).counts().undecided() > 3);
    assertThat(nannies.health().of(key(A))).isEqualTo(Health.State.UP);
  }

  @Test
  void consumerThatThrowsIsToldTheNextChangeToo() {
    var calls = new AtomicInteger();
    var nannies =
        Nannies.start(
            script,
            _ -> {
              calls.incrementAndGet();
              throw new IllegalStateException("consumer");
            });
    toClose.add(nannies);
    nannies.watch(List.of(service(settings(FAST, 1, 1), A)));
    await().until(() -> calls.get() == 1);
    script.answers.put(A, new Bad("broken", 1));
    await().until(() -> calls.get() == 2);
  }

  @Test
  void noChangeOfAServerIsLostWhileTheConsumerIsSlow() throws Exception {
    var gate = new CountDownLatch(1);
    var flips = new AtomicInteger();
    Checker flipping =
        (_, _) -> flips.getAndIncrement() % 2 == 0 ? new Good("fine", 1) : new Bad("broken", 1);
    var nannies =
        Nannies.start(
            flipping,
            health -> {
              told.add(health);
              try {
                gate.await();
              } catch (InterruptedException e) {
                throw new AssertionError(e);
              }
            });
    toClose.add(nannies);
    nannies.watch(List.of(service(settings(Duration.ofMillis(2), 1, 1), A)));
    await().until(() -> flips.get() > 50);
    gate.countDown();
    await().until(() -> told.size() >= 50);
    for (var i = 0; i < 50; i++) {
      assertThat(told.get(i).of(key(A)))
          .isEqualTo(i % 2 == 0 ? Health.State.UP : Health.State.DOWN);
    }
  }

  @Test
  void serverWithoutAPortIsCheckedAtTheServicesPort() {
    var nannies = start(script);
    var anyPort = new Endpoint(IpAddress.of("127.0.0.11"), 0);
    nannies.watch(List.of(service(settings(FAST, 1, 1), anyPort)));
    await().until(() -> nannies.health().of(key(anyPort)) == Health.State.UP);
    assertThat(script.askedWith).containsOnlyKeys(new Endpoint(IpAddress.of("127.0.0.11"), 8080));
  }

  @Test
  void closeInterruptsChecksInFlightAndJoins() {
    script.hanging.addAll(List.of(A, B, C));
    var nannies = start(script);
    nannies.watch(List.of(service(settings(FAST, 1, 1), A, B, C)));
    await().until(() -> script.checks(A) + script.checks(B) + script.checks(C) == 3);

    nannies.close();

    assertThat(script.interrupted.get()).isEqualTo(3);
    assertThat(told).isEmpty();
    nannies.close();
  }

  @Test
  void tenThousandServersAreWatchedWithoutAThreadEach() {
    var servers = new Endpoint[10_000];
    for (var i = 0; i < servers.length; i++) {
      servers[i] = new Endpoint(IpAddress.ofIpv4(0x7f010000 + i), 80);
    }
    var nannies = start(script);
    nannies.watch(List.of(service(settings(Duration.ofSeconds(1), 2, 2), servers)));
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                Collections.frequency(nannies.health().servers().values(), Health.State.UP)
                    == servers.length);
    assertThat(Thread.getAllStackTraces().size()).isLessThan(100);
    assertThat(told.size()).isLessThan(servers.length);
  }

  @Test
  void serverThatDiesAndReturnsIsNoticedOverRealSockets() throws Exception {
    var check =
        new CheckSettings(
            new Check.SendExpect(
                Protocol.TCP, "GET / HTTP/1.0\r\n\r\n", new Expect.Prefix("HTTP/1.1 200")),
            Duration.ofMillis(20),
            Duration.ofSeconds(5),
            2,
            2);
    var server = RealServer.start(RealServer.answering("HTTP/1.1 200 OK\r\n\r\n"));
    toClose.add(server);
    var nannies = start(new SocketChecker());
    nannies.watch(List.of(service(check, server.endpoint())));
    await().until(() -> nannies.health().of(key(server.endpoint())) == Health.State.UP);

    server.close();
    await().until(() -> nannies.health().of(key(server.endpoint())) == Health.State.DOWN);
    assertThat(reason(of(nannies, server.endpoint()).last())).contains("connection refused");

    toClose.add(again(server));
    await().until(() -> nannies.health().of(key(server.endpoint())) == Health.State.UP);
  }

  private static RealServer again(RealServer before) throws IOException {
    return RealServer.startAt(before.address(), RealServer.answering("HTTP/1.1 200 OK\r\n\r\n"));
  }
}
