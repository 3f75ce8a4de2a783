// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.DatagramPacket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.engine.schedule.Flow;

/**
 * The datagrams of one client address and port. Its socket is connected to the chosen server, so
 * that the kernel keeps out datagrams of others; in a one-packet service it is not, each datagram
 * has its own server, and the senders of answers are looked up here. Lives on one event loop.
 */
final class UdpFlow extends SimpleChannelInboundHandler<DatagramPacket> {
  private final UdpService service;
  private final InetSocketAddress client;
  private final Flow flow;
  private final @Nullable ServerSlot lease;
  private @Nullable DatagramChannel upstream;
  private long lastUsedNanos = System.nanoTime();
  private boolean isAnswered;
  private boolean isOver;

  private UdpFlow(
      UdpService service, InetSocketAddress client, Flow flow, @Nullable ServerSlot lease) {
    this.service = service;
    this.client = client;
    this.flow = flow;
    this.lease = lease;
  }

  /**
   * A flow with its server chosen and its socket open.
   *
   * @return null when no server may take it
   * @throws IOException when this machine has no socket for it
   */
  static @Nullable UdpFlow open(UdpService service, InetSocketAddress client, Flow flow)
      throws IOException {
    if (service.pool().isOnePacket()) {
      var each = new UdpFlow(service, client, flow, null);
      each.bind();
      return each;
    }
    var lease = service.pool().choose(flow, List.of(), System.nanoTime());
    if (lease == null) {
      service.incidents().unserved.increment();
      return null;
    }
    var opened = new UdpFlow(service, client, flow, lease);
    try {
      opened.connect(lease.server());
    } catch (IOException e) {
      lease.end();
      throw e;
    }
    service.tally().connection();
    return opened;
  }

  InetSocketAddress client() {
    return client;
  }

  long lastUsedNanos() {
    return lastUsedNanos;
  }

  /** Whether a server has answered. */
  boolean isAnswered() {
    return isAnswered;
  }

  boolean isServerRemoved() {
    return lease != null && lease.server().isRemoved();
  }

  /** Sends a datagram of the client to its server. */
  void forward(ByteBuf content, long nowNanos) {
    lastUsedNanos = nowNanos;
    var server = lease != null ? lease.server() : chooseOnce(nowNanos);
    if (server == null || upstream == null) {
      return;
    }
    if (!upstream.isWritable()) {
      service.incidents().droppedDatagrams.increment();
      return;
    }
    server.tally().datagramIn(content.readableBytes());
    service.tally().datagramIn(content.readableBytes());
    var packet =
        lease != null ? content.retain() : new DatagramPacket(content.retain(), server.address());
    var _ = upstream.writeAndFlush(packet, upstream.voidPromise());
  }

  /** Ends the flow. Repeating it is harmless. */
  void end() {
    if (isOver) {
      return;
    }
    isOver = true;
    service.forget(this);
    if (lease != null) {
      lease.end();
    }
    if (upstream != null) {
      var _ = upstream.close();
    }
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
    var server = lease != null ? lease.server() : senderOf(packet);
    if (server == null || isOver) {
      return;
    }
    lastUsedNanos = System.nanoTime();
    isAnswered = true;
    service.touch(this);
    var content = packet.content();
    server.tally().datagramOut(content.readableBytes());
    service.tally().datagramOut(content.readableBytes());
    service.answer(new DatagramPacket(content.retain(), client));
  }

  /** The server's port is closed, as a rule: the client's next datagram is scheduled anew. */
  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (!isOver && lease != null) {
      service.incidents().connectFailures.increment();
      end();
    }
  }

  private @Nullable RealServer chooseOnce(long nowNanos) {
    var server = service.pool().chooseOnce(flow, nowNanos);
    if (server == null) {
      service.incidents().unserved.increment();
      return null;
    }
    server.tally().connection();
    service.tally().connection();
    return server;
  }

  private @Nullable RealServer senderOf(DatagramPacket packet) {
    return service.pool().serverWith(packet.sender());
  }

  private void connect(RealServer server) throws IOException {
    var opened = service.newUpstream(SocketAddresses.addressOf(server.address()).family(), this);
    var connecting = opened.connect(server.address());
    if (!connecting.isSuccess()) {
      var _ = opened.close();
      throw new IOException(String.valueOf(connecting.cause()), connecting.cause());
    }
    upstream = opened;
  }

  private void bind() throws IOException {
    var opened = service.newUpstream(flow.destination().family(), this);
    var binding = opened.bind(new InetSocketAddress(0));
    if (!binding.isSuccess()) {
      var _ = opened.close();
      throw new IOException(String.valueOf(binding.cause()), binding.cause());
    }
    upstream = opened;
  }
}
