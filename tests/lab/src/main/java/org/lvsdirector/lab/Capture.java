// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.lab;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What tcpdump saw on a network of the lab: all frames that the bridge carried. */
public final class Capture implements Closeable {
  /** pcap-savefile(5): microseconds. */
  private static final int MAGIC = 0xa1b2c3d4;

  private static final int HEADER_BYTES = 24;
  private static final int RECORD_BYTES = 16;

  private final Host hub;
  private final String name;
  private final Path file;

  /**
   * A frame.
   *
   * @param at when it passed
   * @param bytes from the destination on
   */
  @SuppressWarnings("ArrayRecordComponent") // nobody compares them
  public record Frame(Instant at, byte[] bytes) {}

  private Capture(Host hub, String name, Path file) {
    this.hub = hub;
    this.name = name;
    this.file = file;
  }

  /**
   * Starts to capture.
   *
   * @param filter in the language of tcpdump
   */
  public static Capture start(Network network, Net net, String filter) throws IOException {
    var hub = network.hub();
    var name = "tcpdump-" + net.device();
    var file = hub.output(name + ".pcap");
    Files.deleteIfExists(file);
    // Without -Z it would become another user, who may not write here.
    hub.start(
        name,
        List.of(
            "tcpdump",
            "-U",
            "--immediate-mode",
            "-Z",
            "root",
            "-s0",
            "-n",
            "-i",
            net.bridge(),
            "-w",
            file.toString(),
            filter),
        Map.of());
    Waiting.until("tcpdump", () -> hub.said(name).contains("listening on"));
    return new Capture(hub, name, file);
  }

  /** Ends it, and returns the frames in order. */
  public List<Frame> frames() throws IOException {
    close();
    return read(file);
  }

  /** Ends it, and returns what tcpdump makes of the frames, a line each. */
  public List<String> words() throws IOException {
    close();
    return Commands.run(List.of("tcpdump", "-n", "-e", "-tt", "-r", file.toString()))
        .lines()
        .filter(line -> !line.startsWith("reading from file"))
        .toList();
  }

  @Override
  public void close() throws IOException {
    var process = hub.process(name);
    process.destroy();
    process.onExit().completeOnTimeout(process, 10, TimeUnit.SECONDS).join();
  }

  /** Reads a file of tcpdump; pcap-savefile(5). */
  static List<Frame> read(Path file) throws IOException {
    var bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.nativeOrder());
    if (bytes.remaining() < HEADER_BYTES || bytes.getInt(0) != MAGIC) {
      throw new IOException(file + " is no capture");
    }
    var frames = new ArrayList<Frame>();
    var at = HEADER_BYTES;
    while (at + RECORD_BYTES <= bytes.limit()) {
      var length = bytes.getInt(at + 8);
      var start = at + RECORD_BYTES;
      if (start + length > bytes.limit()) {
        break;
      }
      var frame = new byte[length];
      bytes.get(start, frame);
      var micros = bytes.getInt(at + 4);
      frames.add(
          new Frame(Instant.ofEpochSecond(bytes.getInt(at) & 0xffff_ffffL, micros * 1000L), frame));
      at = start + length;
    }
    return frames;
  }
}
