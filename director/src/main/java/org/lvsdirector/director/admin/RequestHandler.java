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
import java.util.Map;
import java.util.function.Supplier;
import org.lvsdirector.director.admin.AdminServer.Reply;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the route of one request, runs it on a virtual thread, answers and closes. */
final class RequestHandler extends SimpleChannelInboundHandler<FullHttpRequest> {
  private static final Logger LOG = LoggerFactory.getLogger(RequestHandler.class);

  private final Map<String, Supplier<Reply>> routes;

  RequestHandler(Map<String, Supplier<Reply>> routes) {
    this.routes = routes;
  }

  private record Failure(String error) {}

  @Override
  protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
    var wanted = request.method() + " " + request.uri();
    Thread.ofVirtual().name("admin " + wanted).start(() -> send(context, replyTo(wanted)));
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    var _ = context.close();
  }

  private Reply replyTo(String wanted) {
    var route = routes.get(wanted);
    if (route == null) {
      var path = wanted.substring(wanted.indexOf(' '));
      var isKnown = routes.keySet().stream().anyMatch(known -> known.endsWith(path));
      return Reply.json(isKnown ? 405 : 404, new Failure("no such request: " + wanted));
    }
    try {
      return route.get();
    } catch (RuntimeException failed) {
      LOG.error("admin request {} failed", wanted, failed);
      return Reply.json(500, new Failure(failed.toString()));
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
    var _ = context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
  }
}
