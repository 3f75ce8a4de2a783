// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollDomainDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.unix.DomainDatagramPacket;
import io.netty.channel.unix.DomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SystemdNotifyTest {
  private static final long PID = 77;

  @TempDir Path folder = Path.of("unset");

  private final EventLoopGroup group =
      new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
  private String name = "";

  @BeforeEach
  void listen() {
    name = folder.resolve("notify").toString();
    new Bootstrap()
        .group(group)
        .channel(EpollDomainDatagramChannel.class)
        .handler(
            new SimpleChannelInboundHandler<DomainDatagramPacket>() {
              @Override
              protected void channelRead0(
                  ChannelHandlerContext context, DomainDatagramPacket word) {
                heard.add(word.content().toString(StandardCharsets.UTF_8));
              }
            })
        .bind(new DomainSocketAddress(name))
        .syncUninterruptibly();
  }

  @AfterEach
  void leave() {
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }

  private @Nullable String next() throws InterruptedException {
    return heard.poll(5, TimeUnit.SECONDS);
  }

  private SystemdNotify manager(String... more) {
    var environment = new java.util.HashMap<>(Map.of("NOTIFY_SOCKET", name));
    for (var i = 0; i < more.length; i += 2) {
      environment.put(more[i], more[i + 1]);
    }
    return SystemdNotify.of(environment, PID);
  }

  @Test
  void hearsEachWordAsADatagram() throws InterruptedException {
    try (var manager = manager()) {
      manager.ready();
      assertThat(next()).isEqualTo("READY=1");
      manager.reloading();
      assertThat(next()).matches("RELOADING=1\nMONOTONIC_USEC=[0-9]+");
      manager.status("ACTIVE\nREADY=0");
      assertThat(next()).isEqualTo("STATUS=ACTIVE READY=0");
      manager.stopping();
      assertThat(next()).isEqualTo("STOPPING=1");
    }
  }

  @Test
  void aWatchdogIsThereOnlyWhenItIsMeantForThisProcess() {
    try (var mine = manager("WATCHDOG_USEC", "5000000", "WATCHDOG_PID", "77");
        var others = manager("WATCHDOG_USEC", "5000000", "WATCHDOG_PID", "78");
        var odd = manager("WATCHDOG_USEC", "soon")) {
      assertThat(mine.watchdog()).contains(Duration.ofSeconds(5));
      assertThat(others.watchdog()).isEmpty();
      assertThat(odd.watchdog()).isEmpty();
    }
  }

  @Test
  void withoutAServiceManagerNothingHappens() {
    try (var nobody = SystemdNotify.of(Map.of(), PID);
        var gone = SystemdNotify.of(Map.of("NOTIFY_SOCKET", folder + "/gone"), PID)) {
      nobody.ready();
      gone.ready();
      assertThat(nobody.watchdog()).isEmpty();
    }
  }

  @Test
  void theWatchdogIsFedWhileTheHeartbeatLoopComesRound() throws InterruptedException {
    try (var manager = manager("WATCHDOG_USEC", "40000");
        var _ =
            SystemdWatchdog.start(
                manager, () -> CompletableFuture.completedFuture(null), () -> "up")) {
      assertThat(next()).isEqualTo("WATCHDOG=1");
      assertThat(next()).isEqualTo("STATUS=up");
      assertThat(next()).isEqualTo("WATCHDOG=1");
    }
  }

  @Test
  void theWatchdogStarvesWhenTheHeartbeatLoopHangs() throws InterruptedException {
    var asked = new LinkedBlockingQueue<Boolean>();
    try (var manager = manager("WATCHDOG_USEC", "40000");
        var _ =
            SystemdWatchdog.start(
                manager,
                () -> {
                  asked.add(true);
                  return new CompletableFuture<>();
                },
                () -> "up")) {
      for (var i = 0; i < 3; i++) {
        assertThat(asked.poll(5, TimeUnit.SECONDS)).isTrue();
      }
      manager.stopping();
      assertThat(next()).isEqualTo("STOPPING=1");
    }
  }
}
