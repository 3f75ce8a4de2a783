// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.proxy;

import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedCollection;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.IpAddress;

/**
 * The flows of a UDP service, and which of them makes room for another. A flow is in use once its
 * client was heard again after an answer, which a forged source is not: those that are not in use
 * go first, and first of all those of a network of clients that has more than a part of the limit
 * in them, so that a flood from there pushes out nothing but itself. Not thread-safe.
 *
 * @param <F> a flow
 */
final class UdpFlows<F> {
  /** The part of the limit that a network may have in flows that are not in use. */
  private static final int NETWORK_PART = 4;

  private static final int IPV4_PREFIX = 24;
  private static final int IPV6_PREFIX = 64;

  private final int limit;
  private final int networkLimit;
  private final SequencedMap<InetSocketAddress, F> used = longestIdleFirst();
  private final SequencedMap<InetSocketAddress, F> fresh = longestIdleFirst();
  private final Map<IpAddress, SequencedMap<InetSocketAddress, F>> networks = new HashMap<>();

  /** Networks with more than their part; there can be but few. */
  private final SequencedSet<IpAddress> crowded = new LinkedHashSet<>();

  UdpFlows(int limit) {
    this.limit = limit;
    networkLimit = Math.max(1, limit / NETWORK_PART);
  }

  private static <F> SequencedMap<InetSocketAddress, F> longestIdleFirst() {
    return new LinkedHashMap<>(16, 0.75f, true);
  }

  /** The flow of a client, which is the last used one now. */
  @Nullable F touch(InetSocketAddress client) {
    var inUse = used.get(client);
    if (inUse != null) {
      return inUse;
    }
    var ofNetwork = networks.get(network(client));
    if (ofNetwork != null) {
      ofNetwork.get(client);
    }
    return fresh.get(client);
  }

  /** The flow that is to end before another of this client is added; null while there is room. */
  @Nullable F victim(InetSocketAddress client) {
    if (fresh.size() + used.size() < limit) {
      return null;
    }
    var own = network(client);
    var crowd = crowded.isEmpty() || crowded.contains(own) ? own : crowded.getFirst();
    var ofCrowd = crowded.isEmpty() ? null : networks.get(crowd);
    var first = ofCrowd != null ? ofCrowd : fresh.isEmpty() ? used : fresh;
    return first.firstEntry().getValue();
  }

  void add(InetSocketAddress client, F flow) {
    fresh.put(client, flow);
    var network = network(client);
    var flows = networks.computeIfAbsent(network, _ -> longestIdleFirst());
    flows.put(client, flow);
    if (flows.size() > networkLimit) {
      crowded.add(network);
    }
  }

  /** The client was heard again after an answer. */
  void use(InetSocketAddress client) {
    var flow = fresh.remove(client);
    if (flow != null) {
      leaveNetwork(client);
      used.put(client, flow);
    }
  }

  /** Forgets a flow, if it is this client's. */
  void remove(InetSocketAddress client, F flow) {
    if (fresh.remove(client, flow)) {
      leaveNetwork(client);
    } else {
      used.remove(client, flow);
    }
  }

  private void leaveNetwork(InetSocketAddress client) {
    var network = network(client);
    var flows = networks.get(network);
    if (flows == null) {
      return;
    }
    flows.remove(client);
    if (flows.size() <= networkLimit) {
      crowded.remove(network);
    }
    if (flows.isEmpty()) {
      networks.remove(network);
    }
  }

  /** All flows as they are at any time, in rows, each with the longest idle one first. */
  List<SequencedCollection<F>> live() {
    return List.of(fresh.sequencedValues(), used.sequencedValues());
  }

  /** All flows in rows of their own, each with the longest idle one first. */
  List<Collection<F>> rows() {
    return List.of(List.copyOf(fresh.values()), List.copyOf(used.values()));
  }

  private static IpAddress network(InetSocketAddress client) {
    var address = SocketAddresses.addressOf(client);
    return address.masked(address.isIpv4() ? IPV4_PREFIX : IPV6_PREFIX);
  }
}
