// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.admin;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lvsdirector.director.admin.AdminServer.Reply;

final class AdminServerTest {
  @TempDir Path folder = Path.of("");

  private record Greeting(String text) {}

  private static final List<Endpoint> HELLO =
      List.of(Endpoint.read("/v1/hello", "greets", _ -> Reply.json(200, new Greeting("hello"))));

  private Path socket() {
    return folder.resolve("admin.sock");
  }

  @Test
  void answersARoute() throws IOException {
    try (var _ = AdminServer.open(socket(), HELLO)) {
      var answer = new AdminClient(socket()).get("/v1/hello");

      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.body()).contains("\"text\" : \"hello\"");
    }
  }

  @Test
  void carriesAnswersOfManyMegabytes() throws IOException {
    var text = "x".repeat(5_000_000);
    try (var _ =
        AdminServer.open(
            socket(),
            List.of(Endpoint.read("/v1/long", "long", _ -> Reply.of(200, "text/plain", text))))) {
      assertThat(new AdminClient(socket()).get("/v1/long").body()).isEqualTo(text);
    }
  }

  @Test
  void anUnknownRouteIsNotFoundAndAFailingOneSaysSo() throws IOException {
    try (var _ =
        AdminServer.open(
            socket(),
            List.of(
                Endpoint.read(
                    "/v1/broken",
                    "broken",
                    _ -> {
                      throw new IllegalStateException("out of order");
                    })))) {
      assertThat(new AdminClient(socket()).post("/v1/nowhere").status()).isEqualTo(404);
      var broken = new AdminClient(socket()).get("/v1/broken");
      assertThat(broken.status()).isEqualTo(500);
      assertThat(broken.body()).contains("out of order");
    }
  }

  @Test
  void onlyOwnerAndGroupMayUseTheSocketAndCloseRemovesIt() throws IOException {
    try (var _ = AdminServer.open(socket(), List.of())) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket())))
          .isEqualTo("rw-rw----");
    }

    assertThat(socket()).doesNotExist();
  }

  @Test
  void replacesTheSocketOfADeadDaemonButNotThatOfALivingOne() throws IOException {
    try (var dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      dead.bind(UnixDomainSocketAddress.of(socket()));
    }
    assertThat(socket()).exists();

    try (var _ = AdminServer.open(socket(), List.of())) {
      assertThatThrownBy(() -> AdminServer.open(socket(), List.of()))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("another director");
      assertThat(new AdminClient(socket()).get("/").status()).isEqualTo(404);
    }
  }

  @Test
  void leavesAFileAloneThatIsNoSocket() throws IOException {
    Files.writeString(socket(), "precious");

    assertThatThrownBy(() -> AdminServer.open(socket(), List.of()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no socket");
    assertThat(socket()).hasContent("precious");
  }

  @Test
  void aPathThatIsTooLongNamesTheLimit() {
    assertThatThrownBy(() -> AdminServer.open(folder.resolve("x".repeat(120)), List.of()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("107");
  }

  @Test
  void aWrongMethodIsNotAllowed() throws IOException {
    try (var _ = AdminServer.open(socket(), HELLO)) {
      assertThat(new AdminClient(socket()).post("/v1/hello").status()).isEqualTo(405);
    }
  }

  /** As RFC 9110, 15.5.6 wants it. */
  @Test
  void anAnswerToAWrongMethodNamesTheRightOnes() throws IOException {
    try (var _ = AdminServer.open(socket(), HELLO);
        var channel = SocketChannel.open(UnixDomainSocketAddress.of(socket()))) {
      channel.write(US_ASCII.encode("PUT /v1/hello HTTP/1.1\r\nHost: x\r\n\r\n"));

      var answer = new String(Channels.newInputStream(channel).readAllBytes(), US_ASCII);
      assertThat(answer).startsWith("HTTP/1.1 405").containsIgnoringCase("\r\nallow: GET\r\n");
    }
  }

  @Test
  void aMissingSocketIsAnError() {
    assertThatThrownBy(() -> new AdminClient(socket()).status()).isInstanceOf(IOException.class);
  }

  @Test
  void whoKeepsDaemonsOutMakesNoFileWhereNoneHasRun() throws IOException {
    try (var _ = AdminServer.keepOut(socket())) {
      try (var files = Files.list(folder)) {
        assertThat(files).isEmpty();
      }
    }
  }

  @Test
  void whoKeepsDaemonsOutDoesAfterOneHasRun() throws IOException {
    AdminServer.open(socket(), HELLO).close();
    try (var _ = AdminServer.keepOut(socket())) {
      assertThatThrownBy(() -> AdminServer.open(socket(), HELLO))
          .hasMessageContaining("another director already runs");
    }
  }

  @Test
  void noLinkInThePlaceOfTheLockIsFollowed() throws IOException {
    var elsewhere = folder.resolve("nologin");
    Files.createSymbolicLink(folder.resolve("admin.sock.lock"), elsewhere);

    assertThatThrownBy(() -> AdminServer.keepOut(socket())).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> AdminServer.open(socket(), HELLO)).isInstanceOf(IOException.class);

    assertThat(elsewhere).doesNotExist();
  }

  @Test
  void aPipeInThePlaceOfTheLockHoldsNobodyUp() throws IOException, InterruptedException {
    var lock = folder.resolve("admin.sock.lock").toString();
    assertThat(new ProcessBuilder("mkfifo", lock).start().waitFor()).isZero();

    assertTimeoutPreemptively(
        Duration.ofMinutes(1),
        () -> {
          assertThatThrownBy(() -> AdminServer.keepOut(socket()))
              .hasMessageContaining("no regular file");
          assertThatThrownBy(() -> AdminServer.open(socket(), HELLO))
              .hasMessageContaining("no regular file");
        });
  }
}
