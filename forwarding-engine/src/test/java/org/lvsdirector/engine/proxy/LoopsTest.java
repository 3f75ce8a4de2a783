// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.lvsdirector.config.IpAddress;

@ParameterizedClass
@EnumSource(names = {"EPOLL", "NIO"})
@Timeout(60)
class LoopsTest {
  private final Sockets sockets;
  private final Loops loops;
  private final AtomicInteger deaths = new AtomicInteger();

  LoopsTest(ProxySettings.Transport transport) {
    sockets = Sockets.of(transport);
    loops = new Loops(sockets, ProxyFixture.settings(transport), new Incidents());
    loops.onDeath(deaths::incrementAndGet);
  }

  @AfterEach
  void close() {
    loops.close();
  }

  @Test
  void tellsThatALoopHasEndedByItself() {
    var _ = loops.next().executor().shutdownGracefully(0, 1, TimeUnit.SECONDS);
    await().until(() -> deaths.get() == 1);
    loops.close();
    assertThat(deaths).hasValue(1);
  }

  @Test
  void closingIsNoDeath() {
    loops.close();
    assertThat(loops.next().executor().isTerminated()).isTrue();
    assertThat(deaths).hasValue(0);
  }

  @Test
  void anErrorWhileAcceptingEndsNoLoop() throws Exception {
    var port = ProxyFixture.freePort();
    var acceptor = new Failing();
    var listener = sockets.listen(new InetSocketAddress("127.77.0.1", port), loops, acceptor);
    try {
      for (var seen = 1; seen <= 3; seen++) {
        try (var _ = new Socket("127.77.0.1", port)) {
          var expected = seen;
          await().until(() -> acceptor.accepted.get() == expected);
        }
      }
      assertThat(deaths).hasValue(0);
    } finally {
      listener.close();
    }
  }

  private static final class Failing implements Sockets.Acceptor {
    private final AtomicInteger accepted = new AtomicInteger();

    @Override
    public void accepted(ProxyLoop loop, Wire client, IpAddress source, int sourcePort) {
      client.close(true);
      accepted.incrementAndGet();
      throw new NoClassDefFoundError("of a class whose file could not be opened");
    }

    @Override
    public void paused(IOException cause) {}
  }
}
