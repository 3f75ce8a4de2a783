// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.admin;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import org.lvsdirector.director.admin.AdminServer.Reply;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has one request answered on a virtual thread, sends the answer and closes. */
final class RequestHandler extends SimpleChannelInboundHandler<FullHttpRequest> {
  private static final Logger LOG = LoggerFactory.getLogger(RequestHandler.class);

  private final Endpoints endpoints;

  RequestHandler(Endpoints endpoints) {
    this.endpoints = endpoints;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
    var method = request.method().name();
    var path = request.uri();
    Thread.ofVirtual()
        .name("admin " + method + " " + path)
        .start(() -> send(context, replyTo(method, path)));
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    var _ = context.close();
  }

  private Reply replyTo(String method, String path) {
    try {
      return endpoints.answer(method, path);
    } catch (RuntimeException failed) {
      LOG.error("admin request {} {} failed", method, path, failed);
      return Endpoints.failed(500, failed.toString());
    }
  }

  private static void send(ChannelHandlerContext context, Reply reply) {
    var response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            HttpResponseStatus.valueOf(reply.status()),
            Unpooled.copiedBuffer(reply.body(), StandardCharsets.UTF_8));
    response
        .headers()
        .set(HttpHeaderNames.CONTENT_TYPE, reply.contentType())
        .set(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes())
        .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    if (!reply.allowed().isEmpty()) {
      response.headers().set(HttpHeaderNames.ALLOW, reply.allowed());
    }
    var _ = context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
  }
}
