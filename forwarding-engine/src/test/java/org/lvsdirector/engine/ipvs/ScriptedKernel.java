// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.ipvs;

import java.io.Serial;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.lvsdirector.linux.Attributes;
import org.lvsdirector.linux.Errno;
import org.lvsdirector.linux.GenericMessage;
import org.lvsdirector.linux.Libc;
import org.lvsdirector.linux.NetlinkCodec;
import org.lvsdirector.linux.NetlinkMessage;

/** A kernel whose IPVS answers what the test says; what it does not say is acknowledged. */
final class ScriptedKernel implements Libc {
  private static final int CONTROLLER = 16;
  private static final int IPVS = 31;

  /** What IPVS does with a command. */
  interface Script {
    /**
     * The attributes of each answer.
     *
     * @throws Refused instead of an answer
     */
    List<Attributes.Writer> answer(int command, Attributes attributes) throws Refused;
  }

  /** The kernel says no. */
  static final class Refused extends Exception {
    @Serial private static final long serialVersionUID = 1;

    private final int errno;

    Refused(int errno) {
      this.errno = errno;
    }
  }

  private final Script script;
  private final Deque<Long> failures = new ArrayDeque<>();
  private final Deque<byte[]> datagrams = new ArrayDeque<>();
  final List<Integer> commands = new ArrayList<>();
  final List<Integer> closed = new ArrayList<>();
  int sends;
  private int sockets = 6;

  ScriptedKernel(Script script) {
    this.script = script;
  }

  /** What recv returns next instead of a datagram, and what is lost with it. */
  void failNextReceive(int errno) {
    failures.add((long) -errno);
  }

  @Override
  public int socket(int domain, int type, int protocol) {
    return ++sockets;
  }

  @Override
  public int bind(int sockfd, MemorySegment addr, int addrlen) {
    return 0;
  }

  @Override
  public int setsockopt(int sockfd, int level, int optname, MemorySegment optval, int optlen) {
    return 0;
  }

  @Override
  public long send(int sockfd, MemorySegment buf, long len, int flags) {
    sends++;
    var bytes = buf.asSlice(0, len).toArray(ValueLayout.JAVA_BYTE);
    NetlinkCodec.decode(ByteBuffer.wrap(bytes)).forEach(this::take);
    return len;
  }

  private void take(NetlinkMessage request) {
    var message = GenericMessage.decode(request.payload());
    var isDump = (request.flags() & NetlinkMessage.DUMP) == NetlinkMessage.DUMP;
    var isAcknowledged = (request.flags() & NetlinkMessage.ACK) != 0;
    try {
      var answers = answers(request, message);
      answers.forEach(answer -> reply(request, answer.encode()));
      if (isDump) {
        put(new NetlinkMessage(NetlinkMessage.DONE, 2, request.sequence(), 1, number(0)));
      } else if (isAcknowledged) {
        verdict(request, 0);
      }
    } catch (Refused refused) {
      verdict(request, refused.errno);
    }
  }

  private List<Attributes.Writer> answers(NetlinkMessage request, GenericMessage message)
      throws Refused {
    if (request.type() == CONTROLLER) {
      return List.of(new Attributes.Writer().u16(1, IPVS));
    }
    commands.add(message.command());
    return script.answer(message.command(), Attributes.decode(message.attributes()));
  }

  private void reply(NetlinkMessage request, ByteBuffer attributes) {
    var payload = new GenericMessage(1, 1, attributes).encode();
    put(new NetlinkMessage(request.type(), 2, request.sequence(), 1, payload));
  }

  private void verdict(NetlinkMessage request, int errno) {
    var payload =
        ByteBuffer.allocate(20)
            .order(ByteOrder.nativeOrder())
            .putInt(-errno)
            .putInt(20)
            .putShort((short) request.type())
            .putShort((short) 0)
            .putInt(request.sequence())
            .putInt(0);
    put(
        new NetlinkMessage(
            NetlinkMessage.ERROR, NetlinkMessage.CAPPED, request.sequence(), 1, payload.flip()));
  }

  private static ByteBuffer number(int number) {
    return ByteBuffer.allocate(4).order(ByteOrder.nativeOrder()).putInt(0, number);
  }

  private void put(NetlinkMessage message) {
    var bytes = NetlinkCodec.encode(message);
    var copy = new byte[bytes.remaining()];
    bytes.get(copy);
    datagrams.add(copy);
  }

  @Override
  public long recv(int sockfd, MemorySegment buf, long len, int flags) {
    if (!failures.isEmpty()) {
      datagrams.clear();
      return failures.removeFirst();
    }
    if (datagrams.isEmpty()) {
      return -Errno.EAGAIN;
    }
    var bytes = datagrams.removeFirst();
    MemorySegment.copy(MemorySegment.ofArray(bytes), 0, buf, 0, bytes.length);
    return bytes.length;
  }

  @Override
  public int close(int fd) {
    closed.add(fd);
    return 0;
  }
}
