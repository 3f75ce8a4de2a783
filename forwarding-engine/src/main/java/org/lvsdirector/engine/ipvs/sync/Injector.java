// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.ipvs.sync;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.lvsdirector.engine.ipvs.sync.exchange.DaemonPlan;
import org.lvsdirector.engine.ipvs.sync.exchange.SyncEntry;
import org.lvsdirector.engine.ipvs.sync.exchange.SyncMessage;

/**
 * Speaks to the backup daemon of the partner's kernel as a master daemon would. Slowly enough for
 * its receive buffer: what does not fit there is lost without a word.
 */
final class Injector implements AutoCloseable {
  private static final int UDP_IP_BYTES = 28;
  private static final int BURST_DATAGRAMS = 16;
  private static final long BURST_NANOS = 10_000_000L;

  private final DatagramChannel channel;
  private final InetSocketAddress group;
  private final int maxBytes;
  private final int syncId;

  private Injector(DatagramChannel channel, InetSocketAddress group, int maxBytes, int syncId) {
    this.channel = channel;
    this.group = group;
    this.maxBytes = maxBytes;
    this.syncId = syncId;
  }

  /**
   * Opens a socket that sends by an interface.
   *
   * @throws IOException when there is no such interface, or it has no IPv4 address
   */
  static Injector open(String device, int syncId) throws IOException {
    var by = NetworkInterface.getByName(device);
    if (by == null) {
      throw new IOException("there is no interface " + device);
    }
    var channel = DatagramChannel.open(StandardProtocolFamily.INET);
    try {
      channel.setOption(StandardSocketOptions.IP_MULTICAST_IF, by);
      channel.setOption(StandardSocketOptions.IP_MULTICAST_TTL, 1);
      channel.setOption(StandardSocketOptions.IP_MULTICAST_LOOP, false);
      var group =
          new InetSocketAddress(
              InetAddress.getByAddress(DaemonPlan.GROUP.bytes()), DaemonPlan.PORT);
      var maxBytes = Math.min(SyncMessage.MAX_BYTES, by.getMTU() - UDP_IP_BYTES);
      return new Injector(channel, group, maxBytes, syncId);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /** Sends entries; blocks for 10 ms after each 16 datagrams, which are about 640 connections. */
  void send(List<SyncEntry> entries) throws IOException {
    var sent = 0;
    for (var datagram : SyncMessage.encode(syncId, maxBytes, entries)) {
      channel.send(ByteBuffer.wrap(datagram), group);
      if (++sent % BURST_DATAGRAMS == 0) {
        LockSupport.parkNanos(BURST_NANOS);
      }
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
