// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lvsdirector.director.admin.AdminServer.Reply;

final class AdminServerTest {
  @TempDir Path folder = Path.of("");

  private record Greeting(String text) {}

  private Path socket() {
    return folder.resolve("admin.sock");
  }

  @Test
  void answersARoute() throws IOException {
    try (var _ =
        AdminServer.open(
            socket(), Map.of("GET /v1/hello", () -> Reply.json(200, new Greeting("hello"))))) {
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
            socket(), Map.of("GET /v1/long", () -> new Reply(200, "text/plain", text)))) {
      assertThat(new AdminClient(socket()).get("/v1/long").body()).isEqualTo(text);
    }
  }

  @Test
  void anUnknownRouteIsNotFoundAndAFailingOneSaysSo() throws IOException {
    try (var _ =
        AdminServer.open(
            socket(),
            Map.of(
                "GET /v1/broken",
                () -> {
                  throw new IllegalStateException("out of order");
                }))) {
      assertThat(new AdminClient(socket()).post("/v1/nowhere").status()).isEqualTo(404);
      var broken = new AdminClient(socket()).get("/v1/broken");
      assertThat(broken.status()).isEqualTo(500);
      assertThat(broken.body()).contains("out of order");
    }
  }

  @Test
  void onlyOwnerAndGroupMayUseTheSocketAndCloseRemovesIt() throws IOException {
    try (var _ = AdminServer.open(socket(), Map.of())) {
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

    try (var _ = AdminServer.open(socket(), Map.of())) {
      assertThatThrownBy(() -> AdminServer.open(socket(), Map.of()))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("another director");
      assertThat(new AdminClient(socket()).get("/").status()).isEqualTo(404);
    }
  }

  @Test
  void leavesAFileAloneThatIsNoSocket() throws IOException {
    Files.writeString(socket(), "precious");

    assertThatThrownBy(() -> AdminServer.open(socket(), Map.of()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no socket");
    assertThat(socket()).hasContent("precious");
  }

  @Test
  void aPathThatIsTooLongNamesTheLimit() {
    assertThatThrownBy(() -> AdminServer.open(folder.resolve("x".repeat(120)), Map.of()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("107");
  }

  @Test
  void aWrongMethodIsNotAllowed() throws IOException {
    try (var _ =
        AdminServer.open(
            socket(), Map.of("GET /v1/hello", () -> Reply.json(200, new Greeting("hello"))))) {
      assertThat(new AdminClient(socket()).post("/v1/hello").status()).isEqualTo(405);
    }
  }

  @Test
  void aMissingSocketIsAnError() {
    assertThatThrownBy(() -> new AdminClient(socket()).status()).isInstanceOf(IOException.class);
  }
}
