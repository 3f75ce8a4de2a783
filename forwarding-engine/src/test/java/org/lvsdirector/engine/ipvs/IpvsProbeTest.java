package org.lvsdirector.engine.ipvs;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lvsdirector.engine.Availability.Unusable;
import org.lvsdirector.linux.Errno;
import org.lvsdirector.linux.Libc;

class IpvsProbeTest {
  private static final String FAMILY_31 =
      "1c0000001000000001000000ef690000" + "01020000" + "060001001f000000";
  private static final String ACKNOWLEDGED =
      "24000000020000010%d000000ef69000000000000" + "20000000100005000100000000000000";
  private static final String REFUSED =
      "24000000020000010%d000000ef690000%sffffff" + "20000000100005000100000000000000";

  @Test
  void aKernelWithoutTheModuleIsNamed() {
    assertThat(reason(REFUSED.formatted(1, "fe"))).startsWith("this kernel has no ip_vs");
  }

  @Test
  void aKernelThatRefusesIsNamed() {
    assertThat(reason(FAMILY_31, ACKNOWLEDGED.formatted(1), REFUSED.formatted(2, "ff")))
        .startsWith("not permitted");
  }

  @Test
  void aKernelWithIpvsIsNamed() {
    assertThat(reason(FAMILY_31, ACKNOWLEDGED.formatted(1), ACKNOWLEDGED.formatted(2)))
        .startsWith("kernel IPVS is present but this version does not program it yet");
  }

  @Test
  void anyOtherFailureIsQuoted() {
    assertThat(reason()).contains("recv: EAGAIN");
  }

  @Test
  void theKernelOfThisMachineAnswers() {
    assertThat(IpvsProbe.availability(Libc.system()))
        .isInstanceOfSatisfying(
            Unusable.class,
            unusable ->
                assertThat(unusable.reason())
                    .containsAnyOf("no ip_vs", "not permitted", "IPVS is present"));
  }

  private static String reason(String... datagrams) {
    var libc = new Answers(new ArrayDeque<>(List.of(datagrams)));
    return ((Unusable) IpvsProbe.availability(libc)).reason();
  }

  /** A kernel that answers with these datagrams, in hex, and then not at all. */
  private record Answers(Deque<String> datagrams) implements Libc {
    @Override
    public int socket(int domain, int type, int protocol) {
      return 7;
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
      return len;
    }

    @Override
    public long recv(int sockfd, MemorySegment buf, long len, int flags) {
      if (datagrams.isEmpty()) {
        return -Errno.EAGAIN;
      }
      var bytes = HexFormat.of().parseHex(datagrams.removeFirst());
      MemorySegment.copy(MemorySegment.ofArray(bytes), 0, buf, 0, bytes.length);
      return bytes.length;
    }

    @Override
    public int close(int fd) {
      return 0;
    }
  }
}
