// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.lvsdirector.director.machine.InputEnd;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A real server of the demo: a web server that answers every request with its own name. */
@Command(
    name = "demo-server",
    hidden = true,
    mixinStandardHelpOptions = true,
    description = "Serves its own name over HTTP.")
public final class DemoServer implements Callable<Integer> {
  private static final int BACKLOG = 512;

  @Option(names = "--address", required = true, description = "Address to listen on.")
  private String address = "";

  @Option(names = "--port", required = true, description = "Port to listen on.")
  private int port;

  @Option(names = "--name", required = true, description = "What to answer.")
  private String name = "";

  @Option(
      names = "--until-input-ends",
      description = "End when standard input ends, so as not to outlive the starter.")
  private boolean isTied;

  @Override
  public Integer call() throws IOException, InterruptedException {
    var server = HttpServer.create(new InetSocketAddress(address, port), BACKLOG);
    server.createContext("/", this::answer);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
    System.out.println("listening");
    if (isTied) {
      InputEnd.await();
    } else {
      Thread.sleep(Long.MAX_VALUE);
    }
    server.stop(0);
    return 0;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      var body = (name + "\n").getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Connection", "close");
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
