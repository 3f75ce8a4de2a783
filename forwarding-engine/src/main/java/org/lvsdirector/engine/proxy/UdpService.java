// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.proxy;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.DatagramPacket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.concurrent.Callable;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.IpAddress;
import org.lvsdirector.config.Protocol;
import org.lvsdirector.config.ServiceKey.ByAddress;
import org.lvsdirector.engine.schedule.Flow;
import org.lvsdirector.engine.table.Table.ServiceSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A UDP service on one event loop: the datagrams of one client address and port are a flow, which
 * has a socket of its own towards its server until it is idle for too long.
 */
final class UdpService implements ProxyService {
  /** The largest datagram there is. */
  private static final int MAX_DATAGRAM_BYTES = 65_535;

  private static final Logger LOG = LoggerFactory.getLogger(UdpService.class);

  private final ByAddress key;
  private final ProxyLoop loop;
  private final Incidents incidents;

  /** Belongs to the loop, once the service is made. */
  private long flowTimeoutNanos;

  private final ServerPool pool;
  private final Tally tally = new Tally();
  private final LogLimiter noSocketLog = new LogLimiter();

  /** Belongs to the loop. */
  private final UdpFlows<UdpFlow> flows;

  private volatile @Nullable Channel channel;
  private @Nullable ScheduledFuture<?> expiring;

  UdpService(
      ByAddress key,
      ServiceSettings settings,
      ProxyLoop loop,
      Incidents incidents,
      ProxySettings limits) {
    this.key = key;
    this.loop = loop;
    this.incidents = incidents;
    flowTimeoutNanos = limits.udpFlowTimeout().toNanos();
    flows = new UdpFlows<>(limits.udpFlowLimit());
    pool = new ServerPool(Protocol.UDP, key.virtual().port(), settings);
  }

  @Override
  public ByAddress key() {
    return key;
  }

  @Override
  public ServerPool pool() {
    return pool;
  }

  @Override
  public Tally tally() {
    return tally;
  }

  Incidents incidents() {
    return incidents;
  }

  @Override
  public void listen() throws IOException {
    if (channel == null) {
      channel = onLoop(this::bind);
    }
  }

  /** Flows end too: their answers would have to leave from the socket that closes. */
  @Override
  public void unlisten() {
    var open = channel;
    if (open != null) {
      channel = null;
      loop.await(this::endFlows);
      open.close().syncUninterruptibly();
    }
  }

  @Override
  public void cutRemoved() {
    loop.executor()
        .execute(
            () ->
                flows.rows().stream()
                    .flatMap(Collection::stream)
                    .filter(UdpFlow::isServerRemoved)
                    .forEach(UdpFlow::end));
  }

  @Override
  public void limit(ProxySettings fresh) {
    loop.executor()
        .execute(
            () -> {
              flowTimeoutNanos = fresh.udpFlowTimeout().toNanos();
              if (expiring != null) {
                expiring.cancel(false);
              }
              expire();
            });
  }

  /** Answers of servers go to clients from here. */
  void answer(DatagramPacket packet) {
    var open = channel;
    if (open != null && open.isWritable()) {
      var _ = open.writeAndFlush(packet, open.voidPromise());
    } else {
      packet.release();
      incidents.droppedDatagrams.increment();
    }
  }

  /** An answer keeps a flow alive, too: it becomes the last used one. */
  void touch(UdpFlow flow) {
    flows.touch(flow.client());
  }

  /** A flow is over. */
  void forget(UdpFlow flow) {
    flows.remove(flow.client(), flow);
  }

  /** A socket towards servers, registered on the loop. */
  DatagramChannel newUpstream(IpAddress.Family family, SimpleChannelInboundHandler<?> handler)
      throws IOException {
    return newChannel(family, handler);
  }

  private void received(DatagramPacket packet) {
    var client = packet.sender();
    var nowNanos = System.nanoTime();
    var flow = flows.touch(client);
    if (flow == null) {
      makeRoom(client);
      flow = newFlow(client);
      if (flow == null) {
        return;
      }
      flows.add(client, flow);
      expireLater(flowTimeoutNanos);
    } else if (flow.isAnswered()) {
      flows.use(client);
    }
    flow.forward(packet.content(), nowNanos);
  }

  private void makeRoom(InetSocketAddress client) {
    var victim = flows.victim(client);
    if (victim != null) {
      victim.end();
    }
  }

  private @Nullable UdpFlow newFlow(InetSocketAddress client) {
    var flow =
        new Flow(SocketAddresses.addressOf(client), client.getPort(), key.virtual().address());
    try {
      return UdpFlow.open(this, client, flow);
    } catch (IOException e) {
      incidents.localFailures.increment();
      if (noSocketLog.isDue()) {
        LOG.warn("{}: datagrams are dropped: {}", key, e.getMessage());
      }
      return null;
    }
  }

  private void expireLater(long nanos) {
    if (expiring == null) {
      expiring = loop.executor().schedule(this::expire, nanos, TimeUnit.NANOSECONDS);
    }
  }

  private void expire() {
    expiring = null;
    var nowNanos = System.nanoTime();
    var nextNanos = Long.MAX_VALUE;
    for (var row : flows.live()) {
      while (!row.isEmpty()) {
        var flow = row.getFirst();
        var leftNanos = flow.lastUsedNanos() + flowTimeoutNanos - nowNanos;
        if (leftNanos > 0) {
          nextNanos = Math.min(nextNanos, leftNanos);
          break;
        }
        flow.end();
      }
    }
    if (nextNanos != Long.MAX_VALUE) {
      expireLater(nextNanos);
    }
  }

  private void endFlows() {
    flows.rows().forEach(row -> row.forEach(UdpFlow::end));
  }

  private Channel bind() throws IOException {
    var bound = newChannel(key.virtual().address().family(), new FromClients());
    loop.sockets().enlarge(bound);
    var binding = bound.bind(SocketAddresses.of(key.virtual()));
    if (!binding.isSuccess()) {
      var _ = bound.close();
      throw new IOException(String.valueOf(binding.cause()), binding.cause());
    }
    return bound;
  }

  private DatagramChannel newChannel(
      IpAddress.Family family, SimpleChannelInboundHandler<?> handler) throws IOException {
    DatagramChannel made;
    try {
      made = loop.sockets().datagramChannel(family);
    } catch (RuntimeException e) {
      throw new NoSocketException(e);
    }
    made.config()
        .setOption(
            ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(MAX_DATAGRAM_BYTES));
    made.pipeline().addLast(handler);
    EventLoop executor = loop.executor();
    var registering = executor.register(made);
    if (!registering.isSuccess()) {
      var _ = made.close();
      throw new IOException("the event loop takes no more sockets", registering.cause());
    }
    return made;
  }

  private <T> T onLoop(Callable<T> task) throws IOException {
    var done = loop.executor().submit(task).awaitUninterruptibly();
    if (done.isSuccess()) {
      return done.getNow();
    }
    throw done.cause() instanceof IOException e ? e : new IOException(done.cause());
  }

  /** Takes the datagrams of clients. */
  private final class FromClients extends SimpleChannelInboundHandler<DatagramPacket> {
    @Override
    protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
      received(packet);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      LOG.debug("{}: {}", key, cause.toString());
    }
  }
}
