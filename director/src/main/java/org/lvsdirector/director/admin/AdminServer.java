package org.lvsdirector.director.admin;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Serves the admin API on a Unix socket that only the owner and its group may use. */
public final class AdminServer implements AutoCloseable {
  private static final int LONGEST_REQUEST_BYTES = 1 << 20;

  private final Path socket;
  private final EventLoopGroup group;
  private final Channel listener;

  /**
   * An answer of the API.
   *
   * @param status the HTTP status
   * @param contentType the type of the body
   * @param body the body
   */
  public record Reply(int status, String contentType, String body) {
    /** A JSON answer. */
    public static Reply json(int status, Object body) {
      return new Reply(status, "application/json", Json.text(body));
    }
  }

  private AdminServer(Path socket, EventLoopGroup group, Channel listener) {
    this.socket = socket;
    this.group = group;
    this.listener = listener;
  }

  /**
   * Opens the socket. A socket file that a dead daemon left behind is replaced.
   *
   * @param routes by {@code "GET /path"}; each runs on a thread of its own and may block
   * @throws IOException when the socket cannot be opened, or another daemon answers on it
   */
  public static AdminServer open(Path socket, Map<String, Supplier<Reply>> routes)
      throws IOException {
    prepare(socket);
    var threads = new DefaultThreadFactory("admin", true);
    var group = new MultiThreadIoEventLoopGroup(1, threads, NioIoHandler.newFactory());
    var bound =
        new ServerBootstrap()
            .group(group)
            .channel(NioServerDomainSocketChannel.class)
            .childHandler(new RequestPipeline(routes))
            .bind(UnixDomainSocketAddress.of(socket))
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
      throw new IOException("cannot listen on " + socket + ": " + bound.cause().getMessage());
    }
    Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-rw----"));
    return new AdminServer(socket, group, bound.channel());
  }

  @Override
  public void close() {
    listener.close().awaitUninterruptibly();
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    try {
      Files.deleteIfExists(socket);
    } catch (IOException leftBehind) {
      // The next start replaces it.
    }
  }

  private static void prepare(Path socket) throws IOException {
    var parent = socket.toAbsolutePath().getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    if (!Files.exists(socket)) {
      return;
    }
    try (var probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      probe.connect(UnixDomainSocketAddress.of(socket));
      throw new AnsweredException(socket);
    } catch (AnsweredException alive) {
      throw alive;
    } catch (IOException nobodyAnswers) {
      Files.delete(socket);
    }
  }

  private static final class AnsweredException extends IOException {
    private static final long serialVersionUID = 1;

    AnsweredException(Path socket) {
      super("another director already answers on " + socket + "; give this one its own socket");
    }
  }

  private static final class RequestPipeline extends ChannelInitializer<Channel> {
    private final Map<String, Supplier<Reply>> routes;

    RequestPipeline(Map<String, Supplier<Reply>> routes) {
      this.routes = Map.copyOf(routes);
    }

    @Override
    protected void initChannel(Channel channel) {
      channel
          .pipeline()
          .addLast(
              new HttpServerCodec(),
              new HttpObjectAggregator(LONGEST_REQUEST_BYTES),
              new RequestHandler(routes));
    }
  }
}
