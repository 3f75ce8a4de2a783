// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.link;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.jgroups.BytesMessage;
import org.jgroups.JChannel;
import org.jgroups.Message;
import org.jgroups.PhysicalAddress;
import org.jgroups.stack.IpAddress;
import org.jgroups.stack.Protocol;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.Endpoint;
import org.lvsdirector.pulse.seal.KeyRing;
import org.lvsdirector.pulse.seal.SealedChannel;

/**
 * A link over a JGroups channel of its own.
 *
 * <p>The channel has a UDP transport and no membership protocol, and messages go to the partner's
 * physical address. So there is no view: nobody can be expelled, nothing is discovered, and the
 * first heartbeat after a cut passes as soon as the packet does.
 */
public final class JGroupsLink implements HeartbeatLink {

  private final String name;
  private final Endpoint local;
  private final Endpoint remote;
  private final PhysicalAddress destination;
  private final SealedChannel guard;
  private final LinkStats stats = new LinkStats();
  private volatile @Nullable JChannel channel;

  /**
   * A closed link.
   *
   * @param name the link's name; both ends must give the same
   */
  public JGroupsLink(String name, Endpoint local, Endpoint remote, SealedChannel guard) {
    this.name = name;
    this.guard = guard;
    this.local = local;
    this.remote = remote;
    this.destination = new IpAddress(inet(remote), remote.port());
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String local() {
    return local.toString();
  }

  @Override
  public String remote() {
    return remote.toString();
  }

  @Override
  public void open(Receiver receiver) throws IOException {
    close();
    JChannel opening = null;
    try {
      opening = new JChannel(stack());
      opening.setName(local.toString());
      opening.setDiscardOwnMessages(true);
      opening.setReceiver(new Inbox(receiver, stats));
      opening.connect(MessageForm.cluster(name));
      channel = opening;
    } catch (Exception e) {
      if (opening != null) {
        opening.close();
      }
      throw new IOException(name + " link on " + local + ": " + e.getMessage(), e);
    }
  }

  /** From the bottom up: there is nothing above the transport, which also seals. */
  private List<Protocol> stack() {
    var from = new InetSocketAddress(inet(local), local.port());
    var ends = new HeartbeatTransport.Ends(from, inet(remote));
    return List.of(new HeartbeatTransport(ends, MessageForm.cluster(name), guard, stats));
  }

  @Override
  public boolean isUp() {
    return channel != null && !stats.isFailing();
  }

  @Override
  public void send(byte[] bytes) {
    var open = channel;
    if (open == null) {
      stats.unsent();
      return;
    }
    var message = new BytesMessage(destination, bytes);
    message.setFlag(
        Message.Flag.OOB,
        Message.Flag.DONT_BUNDLE,
        Message.Flag.NO_FC,
        Message.Flag.NO_RELIABILITY);
    try {
      open.send(message);
    } catch (Exception _) {
      stats.unsent();
    }
  }

  @Override
  public void rekey(KeyRing keys) {
    guard.rekey(keys);
  }

  @Override
  public LinkStats stats() {
    return stats;
  }

  @Override
  public LinkStats.Counters counters() {
    return stats.counters(guard.refusals());
  }

  @Override
  public void close() {
    var closing = channel;
    channel = null;
    if (closing != null) {
      closing.close();
    }
  }

  public static InetAddress inet(Endpoint endpoint) {
    try {
      return InetAddress.getByAddress(endpoint.address().bytes());
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private record Inbox(HeartbeatLink.Receiver receiver, LinkStats stats)
      implements org.jgroups.Receiver {
    @Override
    public void receive(Message message) {
      if (message.hasArray()) {
        stats.delivered();
        receiver.received(message.getArray(), message.getOffset(), message.getLength());
      }
    }
  }
}
