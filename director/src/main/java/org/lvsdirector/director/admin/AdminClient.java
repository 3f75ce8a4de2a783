// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.admin;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.lvsdirector.director.machine.Patience;

/** Asks a running director over its admin socket. */
public final class AdminClient {
  private static final int LONGEST_ANSWER = 64 << 20;
  private static final Pattern LENGTH =
      Pattern.compile("\r\ncontent-length: ([0-9]{1,18})\r\n", Pattern.CASE_INSENSITIVE);

  private final Path socket;

  /** A client of the daemon that listens on this Unix socket. */
  public AdminClient(Path socket) {
    this.socket = socket;
  }

  /**
   * An answer.
   *
   * @param status the HTTP status
   * @param body the body
   */
  public record Answer(int status, String body) {}

  /** There is a daemon, but it will not say how it stands. */
  public static final class NoStatusException extends IOException {
    private static final long serialVersionUID = 1;

    NoStatusException(String message) {
      super(message);
    }
  }

  /**
   * What the daemon says of itself and its partner.
   *
   * @throws NoStatusException when it has not started yet; the message says why
   * @throws IOException when no daemon answers
   */
  public StatusReport status() throws IOException {
    var answer = get("/v1/status");
    if (answer.status() != 200) {
      throw new NoStatusException(Json.error(answer.body()).strip());
    }
    return Json.read(answer.body(), StatusReport.class);
  }

  /**
   * Asks for something without changing anything.
   *
   * @throws IOException when no daemon answers within {@link Patience#ANSWER}
   */
  public Answer get(String path) throws IOException {
    return ask("GET", path, Patience.ANSWER);
  }

  /**
   * Asks for a change.
   *
   * @throws IOException when no daemon answers within {@link Patience#ANSWER}
   */
  public Answer post(String path) throws IOException {
    return post(path, Patience.ANSWER);
  }

  /**
   * Asks for a change that may take a while.
   *
   * @throws IOException when no daemon answers within {@code patience}
   */
  public Answer post(String path, Duration patience) throws IOException {
    return ask("POST", path, patience);
  }

  private Answer ask(String method, String path, Duration patience) throws IOException {
    try (var channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(UnixDomainSocketAddress.of(socket));
      var answer = new CompletableFuture<Answer>();
      // A virtual thread leaves a poller behind, for which the JVM waits 0.3 s at its end.
      Thread.ofPlatform()
          .daemon()
          .name("admin")
          .start(() -> exchange(channel, method, path, answer));
      return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException timeout) {
      throw new IOException("no answer within " + patience.toSeconds() + " s", timeout);
    } catch (ExecutionException failed) {
      throw new IOException(failed.getCause());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", interrupted);
    }
  }

  private static void exchange(
      SocketChannel channel, String method, String path, CompletableFuture<Answer> answer) {
    try {
      var request =
          method
              + " "
              + path
              + " HTTP/1.1\r\nHost: director\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
      send(channel, request);
      answer.complete(parse(readAll(channel)));
    } catch (IOException | IllegalArgumentException failed) {
      answer.completeExceptionally(failed);
    }
  }

  /** Who is turned away has an answer all the same. */
  private static void send(SocketChannel channel, String request) {
    try {
      Channels.newOutputStream(channel).write(request.getBytes(StandardCharsets.US_ASCII));
    } catch (IOException _) {
      return;
    }
  }

  private static byte[] readAll(SocketChannel channel) throws IOException {
    var all = new ByteArrayOutputStream();
    var buffer = ByteBuffer.allocate(16 << 10);
    while (hasMore(channel, buffer, all.size() > 0)) {
      all.write(buffer.array(), 0, buffer.position());
      buffer.clear();
      if (all.size() > LONGEST_ANSWER) {
        throw new IOException("the answer is longer than " + LONGEST_ANSWER + " bytes");
      }
    }
    return all.toByteArray();
  }

  /** A reset behind an answer is its end: {@link #parse} sees whether it is whole. */
  private static boolean hasMore(SocketChannel channel, ByteBuffer buffer, boolean isBegun)
      throws IOException {
    try {
      return channel.read(buffer) >= 0;
    } catch (IOException reset) {
      if (isBegun) {
        return false;
      }
      throw reset;
    }
  }

  /** The server closes after each answer, so the body is what follows the header. */
  private static Answer parse(byte[] bytes) throws IOException {
    var text = new String(bytes, StandardCharsets.ISO_8859_1);
    var headerEnd = text.indexOf("\r\n\r\n");
    if (headerEnd < 0 || !text.startsWith("HTTP/1.1 ")) {
      throw new IOException("not an HTTP answer");
    }
    var length = LENGTH.matcher(text.substring(0, headerEnd + 2));
    var start = headerEnd + 4;
    if (length.find() && Long.parseLong(length.group(1)) != bytes.length - start) {
      throw new IOException("the answer is cut short");
    }
    return new Answer(
        Integer.parseInt(text.substring(9, 12)),
        new String(bytes, start, bytes.length - start, StandardCharsets.UTF_8));
  }
}
