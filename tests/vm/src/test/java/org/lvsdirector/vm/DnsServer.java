// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.vm;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Hashtable;
import java.util.List;
import javax.naming.Context;
import javax.naming.directory.InitialDirContext;
import org.lvsdirector.lab.Host;

/** A name server whose answer to every question is a TXT record with its own name (RFC 1035). */
final class DnsServer implements AutoCloseable {
  private static final int HEADER = 12;

  private final DatagramSocket socket;
  private final String name;

  private DnsServer(DatagramSocket socket, String name) {
    this.socket = socket;
    this.name = name;
  }

  /** Starts one. */
  static DnsServer start(Host host, InetSocketAddress address, String name) throws IOException {
    var server = new DnsServer(host.call(() -> new DatagramSocket(address)), name);
    Thread.ofPlatform().daemon().name(name + "/dns").start(server::serve);
    return server;
  }

  /** The TXT records of a name, asked by the resolver of the JDK. */
  @SuppressWarnings({
    "BanJNDI",
    "JdkObsolete"
  }) // It asks a server of this test, and wants a Hashtable.
  static List<String> ask(Host client, String server, String name) throws IOException {
    return client.call(
        () -> {
          var environment = new Hashtable<String, String>();
          environment.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.dns.DnsContextFactory");
          environment.put(Context.PROVIDER_URL, "dns://" + server);
          environment.put("com.sun.jndi.dns.timeout.initial", "5000");
          var context = new InitialDirContext(environment);
          try {
            var records = context.getAttributes(name, new String[] {"TXT"}).get("TXT");
            return Collections.list(records.getAll()).stream().map(Object::toString).toList();
          } finally {
            context.close();
          }
        });
  }

  private void serve() {
    try {
      while (!socket.isClosed()) {
        var packet = new DatagramPacket(new byte[512], 512);
        socket.receive(packet);
        socket.send(answer(packet));
      }
    } catch (IOException _) {
      // Closed: that is how it ends.
    }
  }

  /** The question, marked as answered, and one record that points back at the name in it. */
  private DatagramPacket answer(DatagramPacket question) {
    var end = HEADER;
    var data = question.getData();
    while (data[end] != 0) {
      end += data[end] + 1;
    }
    end += 5;
    var text = name.getBytes(StandardCharsets.US_ASCII);
    var answer = new java.io.ByteArrayOutputStream();
    answer.write(data, 0, 2);
    answer.writeBytes(new byte[] {(byte) 0x84, 0, 0, 1, 0, 1, 0, 0, 0, 0});
    answer.write(data, HEADER, end - HEADER);
    answer.writeBytes(new byte[] {(byte) 0xc0, HEADER, 0, 16, 0, 1, 0, 0, 0, 0, 0});
    answer.write(text.length + 1);
    answer.write(text.length);
    answer.writeBytes(text);
    var bytes = answer.toByteArray();
    return new DatagramPacket(bytes, bytes.length, question.getSocketAddress());
  }

  @Override
  public void close() {
    socket.close();
  }
}
