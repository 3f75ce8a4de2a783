// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.linux;

import static org.lvsdirector.linux.SocketConstants.AF_NETLINK;
import static org.lvsdirector.linux.SocketConstants.SOCK_CLOEXEC;
import static org.lvsdirector.linux.SocketConstants.SOCK_RAW;
import static org.lvsdirector.linux.SocketConstants.SOL_SOCKET;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.lvsdirector.linux.NetlinkCodec.Verdict;

/**
 * A netlink socket to the kernel, for one request after the other; netlink(7). Owned by one
 * platform thread.
 */
final class NetlinkSocket implements AutoCloseable {
  private static final int SO_RCVTIMEO = 20; // asm-generic/socket.h, SO_RCVTIMEO_OLD
  private static final int SOL_NETLINK = 270; // linux/socket.h
  private static final int NETLINK_CAP_ACK = 10; // linux/netlink.h
  private static final int NETLINK_EXT_ACK = 11; // linux/netlink.h
  private static final int SOCKADDR_NL_BYTES = 12; // linux/netlink.h
  private static final int MSG_TRUNC = 0x20; // linux/socket.h

  /** The kernel answers within the call that asks; only a module being loaded takes time. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** Larger than the largest datagram of the kernel, which is 32 KiB. */
  private static final int BUFFER_BYTES = 64 * 1024;

  private static final int DUMP_TRIES = 10;

  /**
   * Messages that are sent at once. Should the kernel refuse them all, its answers (each takes
   * about a kilobyte of the receive buffer, which has 208) must fit.
   */
  private static final int WINDOW = 64;

  private static final String NO_ANSWER =
      "no answer of the kernel within " + PATIENCE.toSeconds() + " s";

  private final Libc libc;
  private final Fd fd;
  private final MemorySegment buffer = Arena.ofAuto().allocate(BUFFER_BYTES);
  private int sequence;
  private boolean hasListChanged;

  private NetlinkSocket(Libc libc, Fd fd) {
    this.libc = libc;
    this.fd = fd;
  }

  /** Opens a socket of a protocol, such as NETLINK_GENERIC of linux/netlink.h. */
  static NetlinkSocket open(Libc libc, int protocol) throws LinuxException {
    var number = libc.socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, protocol);
    LinuxException.check("socket", number, "AF_NETLINK protocol " + protocol);
    var socket = new NetlinkSocket(libc, new Fd(libc, number));
    try {
      socket.prepare();
      return socket;
    } catch (LinuxException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  private void prepare() throws LinuxException {
    try (var arena = Arena.ofConfined()) {
      var address = arena.allocate(SOCKADDR_NL_BYTES);
      address.set(ValueLayout.JAVA_SHORT, 0, (short) AF_NETLINK);
      LinuxException.check("bind", libc.bind(fd.number(), address, SOCKADDR_NL_BYTES), "netlink");
      var timeval = arena.allocate(ValueLayout.JAVA_LONG, 2);
      timeval.set(ValueLayout.JAVA_LONG, 0, PATIENCE.toSeconds());
      var result = libc.setsockopt(fd.number(), SOL_SOCKET, SO_RCVTIMEO, timeval, 16);
      LinuxException.check("setsockopt", result, "SO_RCVTIMEO");
      var on = arena.allocateFrom(ValueLayout.JAVA_INT, 1);
      // Kernels without these (before 4.12) only explain less.
      libc.setsockopt(fd.number(), SOL_NETLINK, NETLINK_CAP_ACK, on, 4);
      libc.setsockopt(fd.number(), SOL_NETLINK, NETLINK_EXT_ACK, on, 4);
    }
  }

  /**
   * Asks, and waits for the acknowledgement.
   *
   * @param what for the exception
   * @return the messages before the acknowledgement
   * @throws LinuxException when the kernel refuses, with its explanation, or does not answer
   */
  List<NetlinkMessage> request(String what, int type, ByteBuffer payload) throws LinuxException {
    return request(what, type, NetlinkMessage.ACK, payload);
  }

  /**
   * Asks for a list.
   *
   * @param what for the exception
   * @return its elements, as they were at one moment
   * @throws LinuxException when the kernel refuses, does not answer, or the list changes again and
   *     again while it is read (EAGAIN)
   */
  List<NetlinkMessage> dump(String what, int type, ByteBuffer payload) throws LinuxException {
    for (var i = 0; i < DUMP_TRIES; i++) {
      var list = request(what, type, NetlinkMessage.DUMP, payload);
      if (!hasListChanged) {
        return list;
      }
    }
    throw new LinuxException(what, Errno.EAGAIN, "the list changes while it is read");
  }

  /** Like {@link #request(String, int, ByteBuffer)}, with these flags besides REQUEST. */
  List<NetlinkMessage> request(String what, int type, int extraFlags, ByteBuffer payload)
      throws LinuxException {
    sequence++;
    var flags = NetlinkMessage.REQUEST | extraFlags;
    var request = new NetlinkMessage(type, flags, sequence, 0, payload);
    try (var arena = Arena.ofConfined()) {
      send(arena, NetlinkCodec.encode(request));
      return replies(what);
    } catch (IllegalArgumentException e) {
      throw new LinuxException(what, Errno.EBADMSG, String.valueOf(e.getMessage()));
    }
  }

  /**
   * Sends requests that have no answer, many at a time, and tells what became of each. Within a
   * window only the last asks for an acknowledgement: the kernel takes them in order, and reports
   * those that it refuses. When its report does not fit the receive buffer, the window is sent
   * again one by one; so each request must bear being repeated.
   *
   * @throws LinuxException when the kernel does not answer; any number of the requests is done then
   */
  List<Verdict> batch(String what, int type, List<ByteBuffer> payloads) throws LinuxException {
    var verdicts = new ArrayList<Verdict>(payloads.size());
    try {
      for (var from = 0; from < payloads.size(); from += WINDOW) {
        var some = payloads.subList(from, Math.min(from + WINDOW, payloads.size()));
        try {
          verdicts.addAll(window(type, some));
        } catch (LinuxException e) {
          if (e.errno() != Errno.ENOBUFS || some.size() == 1) {
            throw e;
          }
          for (var one : some) {
            verdicts.addAll(window(type, List.of(one)));
          }
        }
      }
      return verdicts;
    } catch (IllegalArgumentException e) {
      throw new LinuxException(what, Errno.EBADMSG, String.valueOf(e.getMessage()));
    }
  }

  private List<Verdict> window(int type, List<ByteBuffer> payloads) throws LinuxException {
    var first = sequence + 1;
    sequence += payloads.size();
    try (var arena = Arena.ofConfined()) {
      send(arena, concatenated(type, first, payloads));
    }
    var verdicts = new ArrayList<>(Collections.nCopies(payloads.size(), Verdict.DONE));
    while (true) {
      for (var message : receive()) {
        var index = message.sequence() - first;
        if (index < 0 || index >= payloads.size() || message.type() != NetlinkMessage.ERROR) {
          continue;
        }
        verdicts.set(index, NetlinkCodec.verdict(message));
        if (message.sequence() == sequence) {
          return verdicts;
        }
      }
    }
  }

  private static ByteBuffer concatenated(int type, int first, List<ByteBuffer> payloads) {
    var messages = new ArrayList<ByteBuffer>(payloads.size());
    var length = 0;
    for (var i = 0; i < payloads.size(); i++) {
      var isLast = i == payloads.size() - 1;
      var flags = NetlinkMessage.REQUEST | (isLast ? NetlinkMessage.ACK : 0);
      var message = new NetlinkMessage(type, flags, first + i, 0, payloads.get(i));
      messages.add(NetlinkCodec.encode(message));
      length += messages.getLast().remaining();
    }
    var all = ByteBuffer.allocate(length);
    messages.forEach(all::put);
    return all.flip();
  }

  private void send(Arena arena, ByteBuffer bytes) throws LinuxException {
    var length = bytes.remaining();
    var buffer = arena.allocate(length).copyFrom(MemorySegment.ofBuffer(bytes));
    long result;
    do {
      result = libc.send(fd.number(), buffer, length, 0);
    } while (result == -Errno.EINTR);
    LinuxException.check("send", result, "netlink");
  }

  private List<NetlinkMessage> replies(String what) throws LinuxException {
    var replies = new ArrayList<NetlinkMessage>();
    hasListChanged = false;
    while (true) {
      for (var message : receive()) {
        if (message.sequence() != sequence) {
          continue; // The late answer to a request that was given up.
        }
        hasListChanged |= (message.flags() & NetlinkMessage.DUMP_INTERRUPTED) != 0;
        if (message.type() == NetlinkMessage.DONE) {
          checkDone(what, message);
          return replies;
        }
        if (message.type() != NetlinkMessage.ERROR) {
          replies.add(message);
          continue;
        }
        var verdict = NetlinkCodec.verdict(message);
        if (verdict.errno() != 0) {
          throw new LinuxException(what, verdict.errno(), verdict.explanation());
        }
        return replies;
      }
    }
  }

  /** The end of a list carries the number of an error that cut it short. */
  private static void checkDone(String what, NetlinkMessage done) throws LinuxException {
    var payload = done.payload();
    var result = payload.remaining() < 4 ? 0 : payload.getInt();
    if (result < 0) {
      throw new LinuxException(what, -result, "the list is not complete");
    }
  }

  /** The messages of the next datagram, copied out of the buffer. */
  private List<NetlinkMessage> receive() throws LinuxException {
    long length;
    do {
      length = libc.recv(fd.number(), buffer, buffer.byteSize(), MSG_TRUNC);
    } while (length == -Errno.EINTR);
    LinuxException.check("recv", length, length == -Errno.EAGAIN ? NO_ANSWER : "netlink");
    if (length > buffer.byteSize()) {
      throw new LinuxException("recv", Errno.EBADMSG, "netlink datagram of " + length + " bytes");
    }
    var bytes = buffer.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
    return NetlinkCodec.decode(ByteBuffer.wrap(bytes));
  }

  @Override
  public void close() {
    fd.close();
  }
}
