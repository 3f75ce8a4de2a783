// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.link;

import java.io.ObjectInputFilter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.MulticastSocket;
import org.jgroups.Address;
import org.jgroups.Message;
import org.jgroups.PhysicalAddress;
import org.jgroups.conf.ClassConfigurator;
import org.jgroups.protocols.UDP;
import org.jgroups.stack.DiagnosticsHandler;
import org.jgroups.stack.IpAddress;
import org.jgroups.util.DefaultSocketFactory;
import org.jgroups.util.DefaultThreadFactory;
import org.jgroups.util.SubmitToThreadPool;
import org.jgroups.util.ThreadFactory;
import org.lvsdirector.linux.RealTime;
import org.lvsdirector.pulse.seal.SealedChannel;

/**
 * JGroups' UDP transport, reduced to datagrams between two fixed addresses: no multicast, no
 * diagnostics, no bundling, no thread pool in the way. Messages are delivered on the one thread
 * that reads the socket, a platform thread: carriers of virtual threads may be busy elsewhere.
 */
final class HeartbeatTransport extends UDP {

  private static final int SOCKET_BUFFER_BYTES = 128 * 1024;

  // No object of Java is ever read in this process, whatever a library can do.
  static {
    if (ObjectInputFilter.Config.getSerialFilter() == null) {
      ObjectInputFilter.Config.setSerialFilter(ObjectInputFilter.Config.createFilter("!*"));
    }
  }

  /**
   * Who talks to whom.
   *
   * @param local where this end listens
   * @param partner the only address that is listened to
   */
  record Ends(InetSocketAddress local, InetAddress partner) {}

  private final ThreadFactory readers = new Readers();
  private final InetAddress partner;
  private final LinkStats tally;
  private final SealedChannel guard;
  private final MessageForm form;

  /** The transport of one end of a link, whose messages JGroups knows by the cluster's name. */
  HeartbeatTransport(Ends ends, String cluster, SealedChannel guard, LinkStats tally) {
    var local = ends.local();
    this.partner = ends.partner();
    this.form = new MessageForm(local.getAddress(), local.getPort(), cluster);
    this.guard = guard;
    this.tally = tally;
    setId(ClassConfigurator.getProtocolId(UDP.class));
    setMulticasting(false);
    setBindAddress(local.getAddress());
    setBindPort(local.getPort());
    setPortRange(0);
    setUcastSendBufSize(SOCKET_BUFFER_BYTES);
    setUcastRecvBufSize(SOCKET_BUFFER_BYTES);
    setBundlerType("no-bundler");
    useVirtualThreads(false);
    getThreadPool().setMinThreads(0).setMaxThreads(1);
    setTimeServiceInterval(0);
    setLogicalAddrCacheReaperInterval(0);
    setLogDiscardMessages(false);
    setLogDiscardMessagesVersion(false);
    diag_handler =
        new DiagnosticsHandler(
                log, new DefaultSocketFactory(), new DefaultThreadFactory("pulse-diag", true))
            .setEnabled(false);
  }

  /** What reads the socket is on time as what judges the partner's silence is. */
  @Override
  public ThreadFactory getThreadFactory() {
    return readers;
  }

  /** Replaces the policy that the transport makes for itself. */
  @Override
  public void init() throws Exception {
    super.init();
    var delivery = new OnReceiver();
    delivery.init(this);
    msgProcessingPolicy(delivery);
  }

  /**
   * Drops what the partner did not send, what it did not seal, and what has not the form of a
   * heartbeat, before JGroups looks into it: its header is protected as well, and its reader, which
   * believes what it reads, never meets a stranger's bytes.
   */
  @Override
  public void receive(Address sender, byte[] data, int offset, int length) {
    if (!(sender instanceof IpAddress from) || !partner.equals(from.getIpAddress())) {
      tally.foreign();
      return;
    }
    var before = tally.deliveredSoFar();
    var opened = guard.inward(data, offset, length);
    if (opened != null && form.fits(opened)) {
      super.receive(
          sender, opened.array(), opened.arrayOffset() + opened.position(), opened.remaining());
    }
    if (tally.deliveredSoFar() == before) {
      tally.rejected();
    }
  }

  /**
   * A failed send is counted, not logged: it fails again at the next keepalive, for as long as the
   * network is down.
   */
  @Override
  public void sendUnicast(PhysicalAddress to, byte[] data, int offset, int length) {
    try {
      var sealed = guard.outward(data, offset, length);
      super.sendUnicast(
          to, sealed.array(), sealed.arrayOffset() + sealed.position(), sealed.remaining());
      tally.sent();
    } catch (Exception _) {
      tally.unsent();
    }
  }

  /**
   * Two releases of this product may carry two releases of JGroups, and must hear each other while
   * one machine is upgraded after the other.
   */
  @Override
  protected boolean versionMatch(short version, Address sender) {
    return true;
  }

  /** Without multicast there is no interface to choose. */
  @Override
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  protected <T extends UDP> T setNetworkInterface(InetAddress address, MulticastSocket socket) {
    return (T) this;
  }

  private static final class Readers extends DefaultThreadFactory {
    Readers() {
      super("heartbeat", true);
    }

    @Override
    public Thread newThread(Runnable reader, String name) {
      return super.newThread(RealTime.entering(reader), name);
    }
  }

  /** Delivers on the thread that read the socket: JGroups' own policies hand over to a pool. */
  private static final class OnReceiver extends SubmitToThreadPool {
    @Override
    public boolean process(Message message, boolean isMulticast) {
      tp.passMessageUp(message, true, isMulticast, isMulticast);
      return true;
    }
  }
}
