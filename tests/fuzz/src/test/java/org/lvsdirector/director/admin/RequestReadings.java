// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.admin;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import java.util.List;
import java.util.Map;
import org.lvsdirector.director.admin.AdminServer.Reply;
import org.lvsdirector.fuzz.Reading;

/** Requests to the admin socket: bytes to Netty's reader, and what it makes of them to ours. */
public final class RequestReadings {
  private static final int LONGEST = 1 << 16;

  private static final Endpoints ENDPOINTS =
      new Endpoints(
          List.of(
              Endpoint.read("/v1/status", "status", _ -> Reply.json(200, "fine")),
              new Endpoint(
                  "POST",
                  "/v1/{node}/failover",
                  Endpoint.Level.WRITE,
                  Map.of("node", List.of("primary", "backup")),
                  "failover",
                  given -> Reply.json(200, given.of("node")))));

  private RequestReadings() {}

  /** By their names. */
  public static Map<String, Reading> all() {
    return Map.of("AdminRequest", RequestReadings::request);
  }

  private static void request(byte[] bytes) {
    var channel =
        new EmbeddedChannel(
            new HttpServerCodec(), new HttpObjectAggregator(LONGEST), new Closing());
    try {
      channel.writeInbound(Unpooled.wrappedBuffer(bytes));
      for (var read = channel.readInbound(); read != null; read = channel.readInbound()) {
        if (read instanceof FullHttpRequest request) {
          answered(request);
          request.release();
        }
      }
    } finally {
      channel.finishAndReleaseAll();
    }
  }

  /** As the daemon's handler does it. */
  private static final class Closing extends ChannelInboundHandlerAdapter {
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      var _ = context.close();
    }
  }

  private static void answered(FullHttpRequest request) {
    var reply = ENDPOINTS.answer(request.method().name(), request.uri());
    if (!List.of(200, 400, 404, 405).contains(reply.status())) {
      throw new AssertionError(reply.toString());
    }
    if (!reply.body().chars().allMatch(c -> c >= ' ' || c == '\n')) {
      throw new AssertionError("control characters in " + reply.body());
    }
  }
}
