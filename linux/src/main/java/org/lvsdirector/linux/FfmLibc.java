// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** The C library through the foreign function interface. */
final class FfmLibc implements Libc {
  private static final long SYS_PIDFD_OPEN = 434; // asm-generic/unistd.h, the same everywhere

  private static final int MOST_BYTES_OF_WORDS = 1024; // bits/local_lim.h has nothing longer

  private static final Linker LINKER = Linker.nativeLinker();
  private static final MemoryLayout CALL_STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO = CALL_STATE.varHandle(PathElement.groupElement("errno"));

  private static final MethodHandle SOCKET =
      function("socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
  private static final MethodHandle BIND =
      function("bind", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
  private static final MethodHandle SETSOCKOPT =
      function(
          "setsockopt",
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
  private static final MethodHandle SEND =
      function("send", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
  private static final MethodHandle RECV =
      function("recv", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
  private static final MethodHandle SENDTO =
      function(
          "sendto",
          FunctionDescriptor.of(
              JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT));
  private static final MethodHandle POLL =
      function("poll", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
  private static final MethodHandle EVENTFD =
      function("eventfd", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
  private static final MethodHandle WRITE =
      function("write", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
  private static final MethodHandle READ =
      function("read", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
  private static final MethodHandle PIPE2 =
      function("pipe2", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
  private static final MethodHandle OPEN =
      function("open", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
  private static final MethodHandle FCNTL =
      function(
          "fcntl",
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT),
          Linker.Option.firstVariadicArg(2));
  private static final MethodHandle SYSCALL =
      function(
          "syscall",
          FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_INT),
          Linker.Option.firstVariadicArg(1));
  private static final MethodHandle WAITPID =
      function("waitpid", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
  private static final MethodHandle KILL =
      function("kill", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
  private static final MethodHandle SCHED_SETSCHEDULER =
      function("sched_setscheduler", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS));
  private static final MethodHandle STRERROR =
      function("strerror", FunctionDescriptor.of(ADDRESS, JAVA_INT));
  private static final MethodHandle CLOSE =
      function("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));

  static final FfmLibc INSTANCE = new FfmLibc();

  private FfmLibc() {}

  @SuppressWarnings("restricted")
  private static MethodHandle function(
      String name, FunctionDescriptor descriptor, Linker.Option... further) {
    var options = new ArrayList<>(List.of(further));
    options.add(Linker.Option.captureCallState("errno"));
    return LINKER.downcallHandle(
        LINKER.defaultLookup().findOrThrow(name),
        descriptor,
        options.toArray(Linker.Option[]::new));
  }

  @Override
  public int socket(int domain, int type, int protocol) {
    return (int) call(state -> (int) SOCKET.invokeExact(state, domain, type, protocol));
  }

  @Override
  public int bind(int sockfd, MemorySegment addr, int addrlen) {
    return (int) call(state -> (int) BIND.invokeExact(state, sockfd, addr, addrlen));
  }

  @Override
  public int setsockopt(int sockfd, int level, int optname, MemorySegment optval, int optlen) {
    return (int)
        call(state -> (int) SETSOCKOPT.invokeExact(state, sockfd, level, optname, optval, optlen));
  }

  @Override
  public long send(int sockfd, MemorySegment buf, long len, int flags) {
    return call(state -> (long) SEND.invokeExact(state, sockfd, buf, len, flags));
  }

  @Override
  public long recv(int sockfd, MemorySegment buf, long len, int flags) {
    return call(state -> (long) RECV.invokeExact(state, sockfd, buf, len, flags));
  }

  @Override
  public long sendto(Outgoing message, MemorySegment destAddr, int addrlen) {
    var sockfd = message.sockfd();
    var buf = message.buf();
    var len = message.len();
    var flags = message.flags();
    return call(
        state -> (long) SENDTO.invokeExact(state, sockfd, buf, len, flags, destAddr, addrlen));
  }

  @Override
  public int poll(MemorySegment fds, long nfds, int timeoutMillis) {
    return (int) call(state -> (int) POLL.invokeExact(state, fds, nfds, timeoutMillis));
  }

  @Override
  public int eventfd(int initval, int flags) {
    return (int) call(state -> (int) EVENTFD.invokeExact(state, initval, flags));
  }

  @Override
  public long write(int fd, MemorySegment buf, long count) {
    return call(state -> (long) WRITE.invokeExact(state, fd, buf, count));
  }

  @Override
  public long read(int fd, MemorySegment buf, long count) {
    return call(state -> (long) READ.invokeExact(state, fd, buf, count));
  }

  @Override
  public int pipe2(MemorySegment pipefd, int flags) {
    return (int) call(state -> (int) PIPE2.invokeExact(state, pipefd, flags));
  }

  @Override
  public int open(MemorySegment pathname, int flags) {
    return (int) call(state -> (int) OPEN.invokeExact(state, pathname, flags));
  }

  @Override
  public int fcntl(int fd, int op, int arg) {
    return (int) call(state -> (int) FCNTL.invokeExact(state, fd, op, arg));
  }

  @Override
  public int posixSpawn(Spawning spawning) {
    return FfmSpawn.spawn(spawning);
  }

  @Override
  public int pidfdOpen(int pid, int flags) {
    return (int) call(state -> (long) SYSCALL.invokeExact(state, SYS_PIDFD_OPEN, pid, flags));
  }

  @Override
  public int waitpid(int pid, MemorySegment wstatus, int options) {
    return (int) call(state -> (int) WAITPID.invokeExact(state, pid, wstatus, options));
  }

  @Override
  public int kill(int pid, int sig) {
    return (int) call(state -> (int) KILL.invokeExact(state, pid, sig));
  }

  @Override
  public int schedSetscheduler(int tid, int policy, int priority) {
    try (var arena = Arena.ofConfined()) {
      // struct sched_param of bits/types/struct_sched_param.h.
      var param = arena.allocateFrom(JAVA_INT, priority);
      return (int) call(state -> (int) SCHED_SETSCHEDULER.invokeExact(state, tid, policy, param));
    }
  }

  @Override
  @SuppressWarnings("restricted")
  public String strerror(int errnum) {
    var words = new AtomicReference<>("");
    call(
        state -> {
          var pointer = (MemorySegment) STRERROR.invokeExact(state, errnum);
          words.set(pointer.reinterpret(MOST_BYTES_OF_WORDS).getString(0));
          return 0;
        });
    return words.get();
  }

  @Override
  public int close(int fd) {
    return (int) call(state -> (int) CLOSE.invokeExact(state, fd));
  }

  private interface Call {
    /** Returns the result, or -1 with errno in the state. */
    long invoke(MemorySegment state) throws Throwable;
  }

  private static long call(Call call) {
    try (var arena = Arena.ofConfined()) {
      var state = arena.allocate(CALL_STATE);
      var result = call.invoke(state);
      return result == -1 ? -(int) ERRNO.get(state, 0L) : result;
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new AssertionError("a downcall throws nothing checked", e);
    }
  }
}
