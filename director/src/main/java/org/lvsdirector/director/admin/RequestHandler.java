// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.admin;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.lvsdirector.director.admin.AdminServer.Reply;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the one request of a connection answered on a virtual thread, sends the answer piece by piece
 * and closes. What is no request, or has a body, is refused before anything of it is looked up.
 */
final class RequestHandler extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = LoggerFactory.getLogger(RequestHandler.class);
  private static final int PIECE_BYTES = 64 << 10;

  private final Endpoints endpoints;
  private final AdminLimits limits;
  private final Semaphore answers;
  private boolean isAsked;

  /**
   * Of one connection.
   *
   * @param answers how many more may be made at a time, of all connections
   */
  RequestHandler(Endpoints endpoints, AdminLimits limits, Semaphore answers) {
    this.endpoints = endpoints;
    this.limits = limits;
    this.answers = answers;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    closeAfter(context, limits.asking(), () -> !isAsked);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    try {
      if (!isAsked && message instanceof HttpRequest request) {
        isAsked = true;
        context.channel().config().setAutoRead(false);
        ask(context, request);
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private void ask(ChannelHandlerContext context, HttpRequest request) {
    if (request.decoderResult().isFailure()) {
      send(context, Endpoints.failed(400, "this is no HTTP request"), () -> {});
    } else if (HttpUtil.isTransferEncodingChunked(request)
        || HttpUtil.getContentLength(request, 0L) != 0) {
      send(context, Endpoints.failed(413, "no request here has a body"), () -> {});
    } else {
      var method = request.method().name();
      var path = request.uri();
      Thread.ofVirtual()
          .name("admin " + method + " " + path)
          .start(() -> answer(context, method, path));
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    var _ = context.close();
  }

  private void answer(ChannelHandlerContext context, String method, String path) {
    if (endpoints.isOrder(method, path)) {
      send(context, replyTo(method, path), () -> {});
    } else if (!isFree()) {
      send(context, Endpoints.failed(503, "too many answers are under way"), () -> {});
    } else {
      send(context, replyTo(method, path), answers::release);
    }
  }

  private boolean isFree() {
    try {
      return answers.tryAcquire(limits.asking().toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private Reply replyTo(String method, String path) {
    try {
      return endpoints.answer(method, path);
    } catch (RuntimeException failed) {
      LOG.error("admin request {} {} failed", method, path, failed);
      return Endpoints.failed(500, failed.toString());
    }
  }

  /** Any thread. */
  private void send(ChannelHandlerContext context, Reply reply, Runnable ended) {
    var body = reply.body().getBytes(StandardCharsets.UTF_8);
    context.channel().closeFuture().addListener(_ -> ended.run());
    closeAfter(context, limits.taking(), () -> true);
    var _ = context.write(header(reply, body.length));
    sendNext(context, body, 0);
  }

  private static HttpResponse header(Reply reply, int length) {
    var header =
        new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(reply.status()));
    header
        .headers()
        .set(HttpHeaderNames.CONTENT_TYPE, reply.contentType())
        .set(HttpHeaderNames.CONTENT_LENGTH, length)
        .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    if (!reply.allowed().isEmpty()) {
      header.headers().set(HttpHeaderNames.ALLOW, reply.allowed());
    }
    return header;
  }

  /** One piece at a time is copied to memory that the kernel reads. */
  private static void sendNext(ChannelHandlerContext context, byte[] body, int start) {
    if (start == body.length) {
      var _ =
          context
              .writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT)
              .addListener(ChannelFutureListener.CLOSE);
      return;
    }
    var length = Math.min(PIECE_BYTES, body.length - start);
    var piece = new DefaultHttpContent(Unpooled.wrappedBuffer(body, start, length));
    var _ =
        context
            .writeAndFlush(piece)
            .addListener(
                sent -> {
                  if (sent.isSuccess()) {
                    sendNext(context, body, start + length);
                  } else {
                    var _ = context.close();
                  }
                });
  }

  private static void closeAfter(
      ChannelHandlerContext context, Duration time, BooleanSupplier isMeant) {
    var timer =
        context
            .executor()
            .schedule(
                () -> {
                  if (isMeant.getAsBoolean()) {
                    var _ = context.close();
                  }
                },
                time.toNanos(),
                TimeUnit.NANOSECONDS);
    var _ = context.channel().closeFuture().addListener(_ -> timer.cancel(false));
  }
}
