// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.lvsd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lvsdirector.config.Health.State.DOWN;
import static org.lvsdirector.config.Health.State.UNKNOWN;
import static org.lvsdirector.config.Health.State.UP;
import static org.lvsdirector.lvsd.Pool.A;
import static org.lvsdirector.lvsd.Pool.B;
import static org.lvsdirector.lvsd.Pool.SORRY;
import static org.lvsdirector.lvsd.Pool.WEB;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lvsdirector.config.Config;
import org.lvsdirector.config.Endpoint;
import org.lvsdirector.config.Health;
import org.lvsdirector.config.Protocol;
import org.lvsdirector.config.ServerKey;
import org.lvsdirector.config.ServiceKey;
import org.lvsdirector.config.VirtualService;
import org.lvsdirector.engine.table.Table;
import org.lvsdirector.engine.table.TableDiff;

class PlannerTest {
  private static final ServerKey SERVER_A = new ServerKey(WEB, A);

  private static Table plan(VirtualService service, Health health, Overrides overrides) {
    return Planner.desired(Pool.config(service), health, overrides);
  }

  /** {@code 11=1 12=0}: the last byte of each server's address and its weight. */
  private static String shown(Table table) {
    var text = new ArrayList<String>();
    for (var service : table.services().values()) {
      for (var server : service.servers().values()) {
        text.add((server.endpoint().address().low() & 0xff) + "=" + server.weight());
      }
    }
    return String.join(" ", text);
  }

  @ParameterizedTest(name = "{0} {1} quiescing {2}: {3}")
  @CsvSource({
    "UP, UP, false, 11=5 12=7",
    "UP, DOWN, false, 11=5",
    "UP, DOWN, true, 11=5 12=0",
    "UP, UNKNOWN, false, 11=5",
    "UP, UNKNOWN, true, 11=5",
    "DOWN, DOWN, false, 99=1",
    "DOWN, DOWN, true, 11=0 12=0 99=1",
    "DOWN, UNKNOWN, false, 99=1",
    "UNKNOWN, DOWN, true, 12=0 99=1",
    "UNKNOWN, UNKNOWN, false, ''",
    "UNKNOWN, UNKNOWN, true, ''",
  })
  void everyCombinationOfVerdictsHasItsTable(
      Health.State a, Health.State b, boolean isQuiescing, String expected) {
    var service = Pool.service(WEB, SORRY, isQuiescing, List.of(Pool.real(A, 5), Pool.real(B, 7)));
    assertThat(shown(plan(service, Pool.health(A, a, B, b), Overrides.NONE))).isEqualTo(expected);
  }

  @Test
  void serviceIsThereEvenWithoutServers() {
    var table = plan(Pool.web(A, B), Health.UNKNOWN, Overrides.NONE);
    assertThat(table.services()).containsOnlyKeys(WEB);
    assertThat(shown(table)).isEmpty();
  }

  @Test
  void drainedServerHasWeightZeroAndAWishedWeightReplacesTheConfiguredOne() {
    var health = Pool.health(A, UP, B, UP);
    var drained = Overrides.NONE.with(SERVER_A, new Overrides.Wish.Drain());
    var heavier = Overrides.NONE.with(SERVER_A, new Overrides.Wish.Weight(9));
    assertThat(shown(plan(Pool.web(A, B), health, drained))).isEqualTo("11=0 12=1");
    assertThat(shown(plan(Pool.web(A, B), health, heavier))).isEqualTo("11=9 12=1");
    assertThat(shown(plan(Pool.web(A, B), health, heavier.without(SERVER_A))))
        .isEqualTo("11=1 12=1");
  }

  @Test
  void weightZeroOfTheFileStaysZeroWhenTheServerHasBeenDownAndUp() {
    var service = Pool.service(WEB, null, false, List.of(Pool.real(A, 0), Pool.real(B, 1)));
    assertThat(shown(plan(service, Pool.health(A, UP, B, UP), Overrides.NONE)))
        .isEqualTo("11=0 12=1");
    assertThat(shown(plan(service, Pool.health(A, DOWN, B, UP), Overrides.NONE))).isEqualTo("12=1");
    assertThat(shown(plan(service, Pool.health(A, UP, B, UP), Overrides.NONE)))
        .isEqualTo("11=0 12=1");
  }

  @Test
  void wishNeverBringsADeadServerBack() {
    var heavier = Overrides.NONE.with(SERVER_A, new Overrides.Wish.Weight(9));
    assertThat(shown(plan(Pool.web(A), Pool.health(A, DOWN), heavier))).isEmpty();
  }

  @Test
  void sorryServerStandsInWhenAllServersAreDrained() {
    var service = Pool.service(WEB, SORRY, false, List.of(Pool.real(A, 1)));
    var drained = Overrides.NONE.with(SERVER_A, new Overrides.Wish.Drain());
    assertThat(shown(plan(service, Pool.health(A, UP), drained))).isEqualTo("11=0 99=1");
  }

  @Test
  void sorryServerStandsInForAServiceWithoutServers() {
    var service = Pool.service(WEB, SORRY, false, List.of());
    assertThat(shown(plan(service, Health.UNKNOWN, Overrides.NONE))).isEqualTo("99=1");
  }

  @ParameterizedTest(name = "{0} {1} quiescing {2}: {3}")
  @CsvSource({
    "UP, UP, true, 11=5 12=7",
    "DOWN, UP, true, 11=0 12=7",
    "DOWN, UP, false, 12=7",
    "DOWN, DOWN, true, 11=1 12=0",
    "DOWN, DOWN, false, 11=1",
    "UNKNOWN, DOWN, false, 11=1",
    "UNKNOWN, UNKNOWN, false, ''",
  })
  void sorryServerThatIsARealServerStandsInWhenItIsDown(
      Health.State a, Health.State b, boolean isQuiescing, String expected) {
    var service = Pool.service(WEB, A, isQuiescing, List.of(Pool.real(A, 5), Pool.real(B, 7)));
    assertThat(shown(plan(service, Pool.health(A, a, B, b), Overrides.NONE))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"TCP, 11=0 12=1", "UDP, 12=1", "SCTP, 11=0 12=1"})
  void quiescingNeverKeepsAFlowOfDatagramsAtADeadServer(Protocol protocol, String expected) {
    var key = new ServiceKey.ByAddress(protocol, Pool.at(100));
    var service = Pool.service(key, null, true, List.of(Pool.real(A, 1), Pool.real(B, 1)));
    var health = new Health(Map.of(new ServerKey(key, A), DOWN, new ServerKey(key, B), UP));
    assertThat(shown(plan(service, health, Overrides.NONE))).isEqualTo(expected);
  }

  @Test
  void sorryServerThatIsDrainedStaysSo() {
    var service = Pool.service(WEB, A, false, List.of(Pool.real(A, 1), Pool.real(B, 1)));
    var drained = Overrides.NONE.with(SERVER_A, new Overrides.Wish.Drain());
    assertThat(shown(plan(service, Pool.health(A, UP, B, DOWN), drained))).isEqualTo("11=0");
  }

  @Test
  void sorryServerThatIsARealServerStaysUntilThereIsAVerdict() {
    var service = Pool.service(WEB, A, false, List.of(Pool.real(A, 5), Pool.real(B, 7)));
    var actual = plan(service, Pool.health(A, DOWN, B, DOWN), Overrides.NONE);
    assertThat(kept(service, actual, Health.UNKNOWN)).isEqualTo("11=1");
    assertThat(kept(service, actual, Pool.health(B, DOWN))).isEqualTo("11=1");
    assertThat(kept(service, actual, Pool.health(B, UP))).isEqualTo("11=1 12=7");
  }

  private static String kept(VirtualService service, Table actual, Health health) {
    var config = Pool.config(service);
    var desired = Planner.desired(config, health, Overrides.NONE);
    return shown(Planner.keepingUndecided(desired, actual, config, health));
  }

  @Test
  void serverWithoutAVerdictStaysAsTheEngineHoldsIt() {
    var service = Pool.web(A, B);
    var actual = plan(service, Pool.health(A, UP), Overrides.NONE);
    assertThat(kept(service, actual, Health.UNKNOWN)).isEqualTo("11=1");
    assertThat(kept(service, actual, Pool.health(A, DOWN))).isEmpty();
    assertThat(kept(service, actual, Pool.health(B, UP))).isEqualTo("11=1 12=1");
  }

  @Test
  void serverThatIsNoLongerConfiguredDoesNotStay() {
    var actual = plan(Pool.web(A, B), Pool.health(A, UP, B, UP), Overrides.NONE);
    assertThat(kept(Pool.web(A), actual, Health.UNKNOWN)).isEqualTo("11=1");
  }

  @Test
  void sorryServerStaysUntilThereIsAVerdict() {
    var service = Pool.service(WEB, SORRY, false, List.of(Pool.real(A, 1)));
    var actual = plan(service, Pool.health(A, DOWN), Overrides.NONE);
    assertThat(kept(service, actual, Health.UNKNOWN)).isEqualTo("99=1");
    assertThat(kept(service, actual, Pool.health(A, UP))).isEqualTo("11=1");
    assertThat(kept(service, actual, Pool.health(A, DOWN))).isEqualTo("99=1");
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void noServerThatIsDownEverHasAWeight(long seed) {
    var random = new Random(seed);
    for (var run = 0; run < 300; run++) {
      var config = randomConfig(random);
      var health = randomHealth(random, config);
      var overrides = randomOverrides(random, config);
      var actual = Planner.desired(config, randomHealth(random, config), overrides);
      var desired = Planner.desired(config, health, overrides);
      assertNoneDownHasWeight(desired, config, health);
      var kept = Planner.keepingUndecided(desired, actual, config, health);
      assertNoneDownHasWeight(kept, config, health);
    }
  }

  /** But the sorry server, should it be one of them and none be up. */
  private static void assertNoneDownHasWeight(Table table, Config config, Health health) {
    for (var configured : config.services()) {
      var service = Objects.requireNonNull(table.services().get(configured.key()));
      var isAnyUp =
          service.servers().values().stream()
              .filter(server -> server.weight() > 0)
              .anyMatch(server -> health.of(new ServerKey(service.key(), server.endpoint())) == UP);
      for (var server : service.servers().values()) {
        var isSorry = server.endpoint().equals(configured.forwarding().sorryServer());
        if (health.of(new ServerKey(service.key(), server.endpoint())) == DOWN) {
          assertThat(server.weight()).isEqualTo(isSorry && !isAnyUp ? 1 : 0);
        }
      }
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void serviceThatIsTheSameInTwoConfigurationsIsNotTouched(long seed) {
    var random = new Random(seed);
    for (var run = 0; run < 300; run++) {
      var before = randomConfig(random);
      var same = before.services().getFirst();
      var services = new ArrayList<>(randomConfig(random).services());
      services.removeIf(service -> service.key().equals(same.key()));
      services.add(random.nextInt(services.size() + 1), same);
      var after = Pool.config(services.toArray(VirtualService[]::new));
      var health = randomHealth(random, before);
      var ops =
          TableDiff.between(
              Planner.desired(before, health, Overrides.NONE),
              Planner.desired(after, health, Overrides.NONE));
      assertThat(ops).noneMatch(op -> op.key().equals(same.key()));
    }
  }

  private static Config randomConfig(Random random) {
    var services = new ArrayList<VirtualService>();
    for (var port = 1; port <= 4; port++) {
      if (port == 1 || random.nextBoolean()) {
        services.add(randomService(random, port));
      }
    }
    return Pool.config(services.toArray(VirtualService[]::new));
  }

  private static VirtualService randomService(Random random, int port) {
    var servers = new ArrayList<VirtualService.RealServer>();
    for (var host = 11; host < 11 + random.nextInt(6); host++) {
      servers.add(Pool.real(Pool.at(host), random.nextInt(4)));
    }
    var sorry = List.of(SORRY, A, B).get(random.nextInt(3));
    return Pool.service(
        Pool.key(port), random.nextBoolean() ? sorry : null, random.nextBoolean(), servers);
  }

  private static Health randomHealth(Random random, Config config) {
    Map<ServerKey, Health.State> verdicts = new HashMap<>();
    for (var server : servers(config)) {
      verdicts.put(server, List.of(UP, DOWN, UNKNOWN).get(random.nextInt(3)));
    }
    return new Health(verdicts);
  }

  private static Overrides randomOverrides(Random random, Config config) {
    var overrides = Overrides.NONE;
    for (var server : servers(config)) {
      if (random.nextInt(3) == 0) {
        overrides = overrides.with(server, new Overrides.Wish.Weight(random.nextInt(4)));
      }
    }
    return overrides;
  }

  private static List<ServerKey> servers(Config config) {
    var keys = new ArrayList<ServerKey>();
    for (var service : config.services()) {
      for (var real : service.servers()) {
        Endpoint endpoint = Objects.requireNonNull(real.endpoint());
        keys.add(new ServerKey(service.key(), endpoint));
      }
    }
    return keys;
  }
}
