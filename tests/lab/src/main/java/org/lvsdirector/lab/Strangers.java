// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.lab;

import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.lvsdirector.linux.ArpFrame;
import org.lvsdirector.linux.HostAddress;
import org.lvsdirector.linux.Libc;
import org.lvsdirector.linux.LinuxException;
import org.lvsdirector.linux.MacAddress;
import org.lvsdirector.linux.NeighbourFrame;
import org.lvsdirector.linux.PacketSocket;

/**
 * A machine that is no director and announces the virtual addresses again and again, as a real
 * server does that has them on its loopback. Only the directors hear it: what clients believe then
 * is another matter.
 */
public final class Strangers implements AutoCloseable {
  private static final long PAUSE_NANOS = 50_000_000;

  private final Thread thread;
  private volatile boolean isClosed;
  private final AtomicLong sent = new AtomicLong();

  private Strangers(Host host, PacketSocket socket, int index, List<byte[]> frames) {
    thread =
        Thread.ofPlatform()
            .daemon()
            .name(host.namespace() + "/strangers")
            .start(() -> announce(socket, index, frames));
  }

  /** Announces from the router to both directors, until it is closed. */
  public static Strangers start(Network network) throws IOException {
    var host = network.host(Node.ROUTER);
    var socket = host.call(() -> PacketSocket.open(Libc.system()));
    var index = host.call(() -> FrameWatch.index(Net.PUBLIC.device()));
    var frames = new ArrayList<byte[]>();
    for (var director : List.of(Node.PRIMARY, Node.BACKUP)) {
      frames.addAll(frames(MacAddress.of(Net.PUBLIC.mac(director.number()))));
    }
    return new Strangers(host, socket, index, frames);
  }

  private static List<byte[]> frames(MacAddress to) throws IOException {
    var mac = MacAddress.of(Net.PUBLIC.mac(Node.ROUTER.number()));
    var ipv4 = host(Lab.VIRTUAL_4);
    var all =
        List.of(
            ArpFrame.gratuitousRequest(mac, ipv4).encode(),
            ArpFrame.gratuitousReply(mac, ipv4).encode(),
            NeighbourFrame.unsolicited(mac, host(Lab.VIRTUAL_6), false).encode());
    for (var frame : all) {
      System.arraycopy(to.bytes(), 0, frame, 0, MacAddress.BYTES);
    }
    return all;
  }

  private static HostAddress host(String address) throws IOException {
    return HostAddress.of(InetAddress.getByName(address).getAddress());
  }

  private void announce(PacketSocket socket, int index, List<byte[]> frames) {
    try (socket) {
      while (!isClosed) {
        for (var frame : frames) {
          socket.send(index, frame);
          sent.incrementAndGet();
        }
        Waiting.nanos(PAUSE_NANOS);
      }
    } catch (LinuxException failed) {
      throw new IllegalStateException(failed);
    }
  }

  /** Frames so far. */
  public long sent() {
    return sent.get();
  }

  @Override
  public void close() {
    isClosed = true;
    try {
      thread.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
