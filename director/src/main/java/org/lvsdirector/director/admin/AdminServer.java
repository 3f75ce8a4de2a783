// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.admin;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.Closeable;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves the admin API on a Unix socket that only the owner and its group may use. */
public final class AdminServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AdminServer.class);
  private static final int LONGEST_PATH_BYTES = 107;
  private static final String TURNED_AWAY_BODY =
      "{\"error\" : \"too many connections to the admin socket\"}\n";
  private static final String TURNED_AWAY =
      "HTTP/1.1 503 Service Unavailable\r\nContent-Type: application/json\r\nContent-Length: "
          + TURNED_AWAY_BODY.length()
          + "\r\nConnection: close\r\n\r\n"
          + TURNED_AWAY_BODY;

  private final Path socket;
  private final FileChannel lock;
  private final EventLoopGroup group;
  private final Channel listener;

  /**
   * An answer of the API.
   *
   * @param status the HTTP status
   * @param contentType the type of the body
   * @param body the body
   * @param allowed the methods of the path, when the request had another; else empty
   */
  public record Reply(int status, String contentType, String body, String allowed) {
    /** A JSON answer. */
    public static Reply json(int status, Object body) {
      return of(status, "application/json", Json.text(body));
    }

    /** An answer of another type. */
    public static Reply of(int status, String contentType, String body) {
      return new Reply(status, contentType, body, "");
    }

    Reply allowing(String methods) {
      return new Reply(status, contentType, body, methods);
    }
  }

  private AdminServer(Path socket, FileChannel lock, EventLoopGroup group, Channel listener) {
    this.socket = socket;
    this.lock = lock;
    this.group = group;
    this.listener = listener;
  }

  /**
   * Opens the socket. A socket that a dead daemon left behind is replaced; anything else in its
   * place is left alone. The lock file beside it, which stays, keeps two daemons apart.
   *
   * @param endpoints what is answered
   * @throws IOException when the socket cannot be opened, or another daemon has it
   */
  public static AdminServer open(Path socket, List<Endpoint> endpoints) throws IOException {
    return open(socket, endpoints, AdminLimits.USUAL);
  }

  static AdminServer open(Path socket, List<Endpoint> endpoints, AdminLimits limits)
      throws IOException {
    requireFitting(socket);
    var lock = lock(socket);
    try {
      removeLeftover(socket);
      return listen(socket, lock, new RequestPipeline(new Endpoints(endpoints), limits));
    } catch (IOException | RuntimeException failed) {
      lock.close();
      throw failed;
    }
  }

  @Override
  public void close() {
    listener.close().awaitUninterruptibly();
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    try (lock) {
      Files.deleteIfExists(socket);
    } catch (IOException leftBehind) {
      LOG.warn("{} stays behind, the next start replaces it: {}", socket, leftBehind.getMessage());
    }
  }

  private static AdminServer listen(Path socket, FileChannel lock, RequestPipeline requests)
      throws IOException {
    var threads = new DefaultThreadFactory("admin", true);
    var group = new MultiThreadIoEventLoopGroup(1, threads, NioIoHandler.newFactory());
    var bound =
        new ServerBootstrap()
            .group(group)
            .channel(NioServerDomainSocketChannel.class)
            .childOption(ChannelOption.ALLOCATOR, new UnpooledByteBufAllocator(false))
            .childHandler(requests)
            .bind(UnixDomainSocketAddress.of(socket))
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
      throw new IOException("cannot listen on " + socket + ": " + bound.cause().getMessage());
    }
    Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-rw----"));
    return new AdminServer(socket, lock, group, bound.channel());
  }

  private static void requireFitting(Path socket) throws IOException {
    var length = socket.toString().getBytes(StandardCharsets.UTF_8).length;
    if (length > LONGEST_PATH_BYTES) {
      throw new IOException(
          "admin.socket has %d bytes, Linux allows %d: %s"
              .formatted(length, LONGEST_PATH_BYTES, socket));
    }
  }

  /** Kept for the life of the daemon; the kernel lets go of it however the daemon ends. */
  private static FileChannel lock(Path socket) throws IOException {
    var file = lockFile(socket);
    try {
      Files.createDirectories(socket.toAbsolutePath().getParent());
      return lock(socket, openLock(file, StandardOpenOption.CREATE));
    } catch (FileSystemException impossible) {
      throw new IOException("cannot make " + file + " beside admin.socket: " + impossible);
    }
  }

  /** Follows no link, and does not wait where a pipe is in the file's place: it is read, too. */
  private static FileChannel openLock(Path file, OpenOption... further) throws IOException {
    var options =
        new HashSet<OpenOption>(
            Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS));
    options.addAll(List.of(further));
    var channel = FileChannel.open(file, options);
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      channel.close();
      throw new FileSystemException(file.toString(), null, "is no regular file: remove it");
    }
    return channel;
  }

  private static FileChannel lock(Path socket, FileChannel channel) throws IOException {
    if (!tryLock(channel)) {
      channel.close();
      throw new IOException(
          "another director already runs with admin.socket " + socket + "; give this one its own");
    }
    return channel;
  }

  /**
   * Keeps any daemon from starting with this socket until it is closed. Makes no file, since root
   * does this in the folder of the daemon's user: where there is none, no daemon has run.
   *
   * @throws IOException when one runs already
   */
  public static Closeable keepOut(Path socket) throws IOException {
    var file = lockFile(socket);
    try {
      return lock(socket, openLock(file));
    } catch (NoSuchFileException _) {
      return () -> {};
    } catch (FileSystemException impossible) {
      throw new IOException("cannot open " + file + " beside admin.socket: " + impossible);
    }
  }

  private static Path lockFile(Path socket) {
    return socket.resolveSibling(socket.getFileName() + ".lock");
  }

  private static boolean tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException heldByThisProcess) {
      return false;
    }
  }

  private static void removeLeftover(Path socket) throws IOException {
    if (!Files.exists(socket, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    var type = Files.readAttributes(socket, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (!type.isOther()) {
      throw new IOException(
          "admin.socket " + socket + " exists and is no socket; it is left alone");
    }
    Files.delete(socket);
  }

  /** What each connection goes through. Its thread is the one loop. */
  private static final class RequestPipeline extends ChannelInitializer<Channel> {
    private final Endpoints endpoints;
    private final AdminLimits limits;
    private final Semaphore answers;
    private final AtomicInteger connections = new AtomicInteger();

    RequestPipeline(Endpoints endpoints, AdminLimits limits) {
      this.endpoints = endpoints;
      this.limits = limits;
      answers = new Semaphore(limits.answers());
    }

    @Override
    protected void initChannel(Channel channel) {
      var isOneTooMany = connections.incrementAndGet() > limits.connections();
      channel.closeFuture().addListener(_ -> connections.decrementAndGet());
      if (isOneTooMany) {
        turnAway(channel);
        return;
      }
      channel
          .pipeline()
          .addLast(
              new HttpServerCodec(
                  new HttpDecoderConfig()
                      .setMaxInitialLineLength(AdminLimits.REQUEST_LINE_BYTES)
                      .setMaxHeaderSize(AdminLimits.FIELDS_BYTES)),
              new RequestHandler(endpoints, limits, answers));
    }

    /** Reads nothing of it. */
    private static void turnAway(Channel channel) {
      channel.config().setAutoRead(false);
      channel
          .writeAndFlush(Unpooled.copiedBuffer(TURNED_AWAY, StandardCharsets.US_ASCII))
          .addListener(ChannelFutureListener.CLOSE);
    }
  }
}
