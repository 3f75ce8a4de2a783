// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.linux.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lvsdirector.linux.Errno;
import org.lvsdirector.linux.Libc;
import org.lvsdirector.linux.LinuxException;
import org.lvsdirector.linux.program.Child.Outcome;

/** Programs, which are real processes but where a kernel refuses. */
@Timeout(60)
class ChildTest {
  private static final int MOST_BYTES = 1000;

  @TempDir Path folder;

  private static Child.Order order(String... words) {
    return new Child.Order(
        List.of(words),
        Map.of("PATH", "/usr/bin:/bin"),
        Path.of("/"),
        "CHILD_TEST=" + System.nanoTime(),
        MOST_BYTES,
        true);
  }

  private static Child.Order shell(String lines) {
    return order("/bin/sh", "-c", lines);
  }

  private static long ample() {
    return System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
  }

  private static String output(Child child) {
    return new String(child.output(), StandardCharsets.ISO_8859_1);
  }

  @Test
  void statusAndOutputAreTheProgramsOwn() throws IOException {
    try (var child = Child.start(shell("echo out; echo err >&2; exit 7"))) {
      assertThat(child.await(ample(), true)).isEqualTo(Outcome.ENDED);
      assertThat(child.status()).isEqualTo(7);
      assertThat(child.signal()).isZero();
      assertThat(output(child)).isEqualTo("out\nerr\n");
    }
  }

  @Test
  void programHasNoDescriptorOfThisProcess() throws IOException {
    var pipes = folder.resolve("open");
    try (var open = Files.newOutputStream(pipes);
        var child =
            Child.start(
                shell("for f in 0 1 2 3 4 5 6 7 8 9; do [ -e /proc/$$/fd/$f ] && echo $f; done"))) {
      open.flush();
      assertThat(child.await(ample(), true)).isEqualTo(Outcome.ENDED);
      assertThat(output(child)).isEqualTo("0\n1\n2\n");
    }
  }

  @Test
  void outputBeyondTheBoundIsDroppedAndHoldsNothingUp() throws IOException {
    try (var child = Child.start(shell("head -c 5000000 /dev/zero; echo $? >&2"))) {
      assertThat(child.await(ample(), false)).isEqualTo(Outcome.ENDED);
      assertThat(child.status()).isZero();
      assertThat(child.output()).hasSize(MOST_BYTES);
      assertThat(child.isOverflown()).isTrue();
    }
  }

  @Test
  void whoIsLeftBehindPrintsOnWithoutWaitingAndWithoutBeingEnded() throws Exception {
    var done = folder.resolve("done");
    var go = folder.resolve("go");
    var lines =
        """
        (until [ -e %s ]; do sleep 0.1; done
         i=0; while [ $i -lt 3000 ]; do echo %s; i=$((i+1)); done 2>/dev/null
         echo > %s) &
        echo ok
        """
            .formatted(go, "x".repeat(100), done);
    var child = Child.start(shell(lines));
    assertThat(child.await(ample(), false)).isEqualTo(Outcome.ENDED);
    assertThat(output(child)).isEqualTo("ok\n");
    child.leave();
    Files.createFile(go);
    await().atMost(Duration.ofSeconds(20)).until(() -> Files.exists(done));
  }

  @Test
  void lateProgramIsKilledWithWhatItStarted() throws IOException {
    var child =
        Child.start(shell("trap '' TERM; sleep 600 & setsid sleep 600 & sleep 0.1; echo on; wait"));
    var deadline = ample();
    while (output(child).isEmpty() && System.nanoTime() < deadline) {
      child.await(System.nanoTime() + 10_000_000, true);
    }
    assertThat(child.await(System.nanoTime(), true)).isEqualTo(Outcome.LATE);
    assertThat(child.kill()).isEqualTo(2);
    assertThat(child.signal()).isEqualTo(9);
    assertThat(child.kill()).isZero();
    child.close();
  }

  /** A kernel that refuses one call. */
  private static final class Refusing implements Libc {
    private final String call;
    private final int errno;
    private final List<Integer> killed = new ArrayList<>();
    private int open;

    Refusing(String call, int errno) {
      this.call = call;
      this.errno = errno;
    }

    private int result(String name, int result) {
      return name.equals(call) ? -errno : result;
    }

    @Override
    public int pipe2(MemorySegment pipefd, int flags) {
      var result = result("pipe2", 0);
      open += result == 0 ? 2 : 0;
      pipefd.setAtIndex(ValueLayout.JAVA_INT, 0, 100);
      pipefd.setAtIndex(ValueLayout.JAVA_INT, 1, 101);
      return result;
    }

    @Override
    public int open(MemorySegment pathname, int flags) {
      var result = result("open", 102);
      open += result > 0 ? 1 : 0;
      return result;
    }

    @Override
    public int posixSpawn(Spawning spawning) {
      return result("posix_spawn", 4711);
    }

    @Override
    public int pidfdOpen(int pid, int flags) {
      return result("pidfd_open", 103);
    }

    @Override
    public int kill(int pid, int sig) {
      killed.add(pid);
      return 0;
    }

    @Override
    public int waitpid(int pid, MemorySegment wstatus, int options) {
      return pid;
    }

    @Override
    public int close(int fd) {
      open--;
      return 0;
    }

    @Override
    public int socket(int domain, int type, int protocol) {
      return -Errno.ENOSYS;
    }

    @Override
    public int bind(int sockfd, MemorySegment addr, int addrlen) {
      return -Errno.ENOSYS;
    }

    @Override
    public int setsockopt(int sockfd, int level, int optname, MemorySegment optval, int optlen) {
      return -Errno.ENOSYS;
    }

    @Override
    public long send(int sockfd, MemorySegment buf, long len, int flags) {
      return -Errno.ENOSYS;
    }

    @Override
    public long recv(int sockfd, MemorySegment buf, long len, int flags) {
      return -Errno.ENOSYS;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"pipe2", "open", "posix_spawn", "pidfd_open"})
  void whateverTheKernelRefusesIsAnExceptionAndLeavesNothing(String call) {
    for (var errno : List.of(2, 7, 8, 11, 12, 13, 23, 24, 26, 40)) {
      var libc = new Refusing(call, errno);
      assertThatThrownBy(() -> Child.start(libc, order("/no/such/program")))
          .isInstanceOfSatisfying(
              LinuxException.class, refused -> assertThat(refused.errno()).isEqualTo(errno));
      assertThat(libc.open).as(call + " " + errno).isZero();
      assertThat(libc.killed.contains(4711)).isEqualTo(call.equals("pidfd_open"));
    }
  }

  @Test
  void theCLibrarysWordsAreRead() {
    try (var arena = Arena.ofConfined()) {
      var result = Libc.system().open(arena.allocateFrom("/does/not/exist"), 0);
      assertThat(result).isEqualTo(-Errno.ENOENT);
    }
    assertThat(Libc.system().strerror(Errno.ENOENT)).isNotBlank().isNotEqualTo("ENOENT");
  }
}
