// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.lab;

import java.io.Closeable;
import java.io.IOException;
import java.net.NetworkInterface;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.lvsdirector.linux.ArpFrame;
import org.lvsdirector.linux.Libc;
import org.lvsdirector.linux.LinuxException;
import org.lvsdirector.linux.NeighbourFrame;
import org.lvsdirector.linux.PacketFilter;
import org.lvsdirector.linux.PacketSocket;

/**
 * The frames of one kind that arrive at a device of a host.
 *
 * @param <F> the kind
 */
public final class FrameWatch<F> implements Closeable {
  private static final Duration PATIENCE = Duration.ofMillis(200);

  private final PacketSocket socket;
  private final Function<byte[], Optional<F>> decoder;
  private final List<Seen<F>> frames = new CopyOnWriteArrayList<>();
  private final Thread thread;
  private volatile boolean isClosed;

  /**
   * A frame that arrived.
   *
   * @param atNanos when, by {@link System#nanoTime}
   * @param frame what it said
   * @param <F> its kind
   */
  public record Seen<F>(long atNanos, F frame) {}

  private FrameWatch(PacketSocket socket, Function<byte[], Optional<F>> decoder, String name) {
    this.socket = socket;
    this.decoder = decoder;
    thread = Thread.ofPlatform().daemon().name(name).start(this::watch);
  }

  /** All ARP at a device. */
  public static FrameWatch<ArpFrame> arp(Host host, String device) throws IOException {
    return new FrameWatch<>(
        open(host, PacketFilter.ARP, device), ArpFrame::decode, host.namespace() + "/arp");
  }

  /** The neighbour advertisements at a device. */
  public static FrameWatch<NeighbourFrame> advertisements(Host host, String device)
      throws IOException {
    return new FrameWatch<>(
        open(host, PacketFilter.ADVERTISEMENTS, device),
        NeighbourFrame::decode,
        host.namespace() + "/na");
  }

  static PacketSocket open(Host host, PacketFilter filter, String device) throws IOException {
    return host.call(() -> PacketSocket.open(Libc.system(), filter, index(device)));
  }

  /** The number of a device of the calling thread's host. */
  static int index(String device) throws IOException {
    var found = NetworkInterface.getByName(device);
    if (found == null) {
      throw new IOException("no device " + device);
    }
    return found.getIndex();
  }

  private void watch() {
    while (!isClosed) {
      try {
        var bytes = socket.receive(PATIENCE);
        var now = System.nanoTime();
        bytes.flatMap(decoder).ifPresent(frame -> frames.add(new Seen<>(now, frame)));
      } catch (LinuxException _) {
        // The device is down for the moment.
      }
    }
    socket.close();
  }

  /** Those that arrived since a moment. */
  public List<Seen<F>> since(long nanos) {
    return frames.stream().filter(seen -> seen.atNanos() - nanos >= 0).toList();
  }

  @Override
  public void close() throws IOException {
    isClosed = true;
    socket.wake();
    try {
      thread.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
