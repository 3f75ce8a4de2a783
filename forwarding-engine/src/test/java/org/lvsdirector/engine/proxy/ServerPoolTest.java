// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lvsdirector.config.Endpoint;
import org.lvsdirector.config.IpAddress;
import org.lvsdirector.config.Protocol;
import org.lvsdirector.config.SchedulerName;
import org.lvsdirector.engine.EngineStats.ServerCounters;
import org.lvsdirector.engine.schedule.Flow;

class ServerPoolTest {
  private static final Endpoint ONE = endpoint("10.0.0.1");
  private static final Endpoint TWO = endpoint("10.0.0.2");

  private ServerPool pool;
  private long nowSeconds;

  @BeforeEach
  void open() {
    pool = new ServerPool(Protocol.TCP, 80, ProxyFixture.persistent(Duration.ofMinutes(5), 24));
    pool.add(ProxyFixture.server(ONE, 1));
    pool.add(ProxyFixture.server(TWO, 1));
  }

  @Test
  void eachNewConnectionStartsTheTimeoutAgain() {
    var server = use("192.0.2.1");
    for (var i = 0; i < 5; i++) {
      nowSeconds += 299;
      assertThat(use("192.0.2.9")).isSameAs(server);
    }
    nowSeconds += 300;
    assertThat(use("192.0.2.9")).isNotSameAs(server);
  }

  @Test
  void templateLivesOnInStepsWhileAConnectionHangsOnIt() {
    var lease = choose("192.0.2.1");
    nowSeconds += 1000;
    sweep();
    assertThat(persistent(lease)).isEqualTo(1);
    lease.end();
    nowSeconds += 59;
    sweep();
    assertThat(use("192.0.2.1")).isSameAs(lease.server());
    nowSeconds += 301;
    sweep();
    assertThat(persistent(lease)).isZero();
  }

  @Test
  void templatesThatRanOutAreForgottenBySweeping() {
    for (var net = 0; net < 200; net++) {
      use("198.18." + net + ".1");
    }
    assertThat(counters(ONE).persistent() + counters(TWO).persistent()).isEqualTo(200);
    nowSeconds += 300;
    sweep();
    assertThat(counters(ONE).persistent() + counters(TWO).persistent()).isZero();
  }

  @Test
  void otherMaskForgetsTheTemplatesAndOtherTimeoutKeepsThem() {
    var server = use("192.0.2.1");
    pool.edit(ProxyFixture.persistent(Duration.ofSeconds(10), 24));
    assertThat(use("192.0.2.1")).isSameAs(server);
    pool.edit(ProxyFixture.persistent(Duration.ofSeconds(10), 32));
    assertThat(use("192.0.2.1")).isNotSameAs(server);
    pool.edit(ProxyFixture.settings(SchedulerName.RR));
    assertThat(counters(ONE).persistent() + counters(TWO).persistent()).isZero();
  }

  @Test
  void failedServerIsPassedOverWithoutLosingItsWeightOrMark() {
    pool.edit(ProxyFixture.settings(SchedulerName.WLC));
    pool.edit(ProxyFixture.limited(ONE, 4, 2));
    var held = List.of(chooseBut(TWO), chooseBut(TWO), chooseBut(TWO), chooseBut(TWO));
    assertThat(held)
        .extracting(ServerSlot::server)
        .extracting(RealServer::toString)
        .containsOnly("10.0.0.1:80");
    held.getFirst().end();
    for (var i = 0; i < 3; i++) {
      assertThat(pool.choose(flow("192.0.2.1"), List.of(server(TWO)), nowNanos())).isNull();
    }
    held.get(1).end();
    held.get(2).end();
    assertThat(chooseBut(TWO).server()).isSameAs(held.getFirst().server());
  }

  @Test
  void endingTwiceCountsOnce() {
    var lease = choose("192.0.2.1");
    lease.closing();
    lease.closing();
    assertThat(counters(lease).active()).isZero();
    assertThat(counters(lease).inactive()).isEqualTo(1);
    lease.end();
    lease.end();
    lease.closing();
    assertThat(counters(lease).active()).isZero();
    assertThat(counters(lease).inactive()).isZero();
  }

  private ServerSlot choose(String source) {
    return present(pool.choose(flow(source), List.of(), nowNanos()));
  }

  private ServerSlot chooseBut(Endpoint failed) {
    return present(pool.choose(flow("192.0.2.1"), List.of(server(failed)), nowNanos()));
  }

  /** A connection that ends at once; its server. */
  private RealServer use(String source) {
    var lease = choose(source);
    lease.end();
    return lease.server();
  }

  private void sweep() {
    pool.sweep(nowNanos());
  }

  private RealServer server(Endpoint endpoint) {
    return present(pool.serverWith(SocketAddresses.of(endpoint)));
  }

  private int persistent(ServerSlot lease) {
    return counters(lease).persistent();
  }

  private ServerCounters counters(ServerSlot lease) {
    return counters(lease.server().toString().equals(ONE.toString()) ? ONE : TWO);
  }

  private ServerCounters counters(Endpoint endpoint) {
    return server(endpoint).counters();
  }

  private long nowNanos() {
    return TimeUnit.SECONDS.toNanos(nowSeconds);
  }

  private static Flow flow(String source) {
    return new Flow(IpAddress.of(source), 1024, IpAddress.of("203.0.113.1"));
  }

  private static Endpoint endpoint(String address) {
    return new Endpoint(IpAddress.of(address), 80);
  }

  private static <T> T present(@Nullable T value) {
    assertThat(value).isNotNull();
    return value;
  }
}
