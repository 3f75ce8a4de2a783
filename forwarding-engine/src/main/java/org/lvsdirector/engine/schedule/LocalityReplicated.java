// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.schedule;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code lblcr}: a set of servers for each virtual address, by {@code wlc} among them; the set
 * grows when its best is busy while others idle, and shrinks by one a day.
 */
final class LocalityReplicated extends LocalityScheduler {
  private final LocalityCache<ServerSet> cache = new LocalityCache<>();

  @Override
  public @Nullable Destination schedule(Flow flow, long nowNanos) {
    cache.advance(nowNanos);
    var set = cache.get(flow.destination(), nowNanos);
    if (set != null) {
      var best = Load.least(set.presentMembers(), Load::overhead);
      set.shrinkIfDue(nowNanos);
      if (best != null && !isBusy(best)) {
        return best;
      }
    }
    var chosen = Load.least(servers(), Load::overhead);
    if (chosen != null) {
      if (set == null) {
        set = new ServerSet();
        cache.put(flow.destination(), set, nowNanos);
      }
      set.insert(chosen, nowNanos);
    }
    return chosen;
  }

  /** The servers of one virtual address, the newest at the front. */
  private final class ServerSet {
    private final List<Destination> members = new ArrayList<>();
    private long changedNanos;

    List<Destination> presentMembers() {
      var there = new ArrayList<Destination>(members.size());
      for (var member : members) {
        var server = present(member);
        if (server != null) {
          there.add(server);
        }
      }
      return there;
    }

    void insert(Destination server, long nowNanos) {
      for (var member : members) {
        if (member.endpoint().equals(server.endpoint())) {
          return;
        }
      }
      members.addFirst(server);
      changedNanos = nowNanos;
    }

    void shrinkIfDue(long nowNanos) {
      if (members.size() <= 1 || nowNanos - changedNanos <= LocalityCache.EXPIRATION_NANOS) {
        return;
      }
      Destination mostLoaded = null;
      Destination itsMember = null;
      for (var member : members) {
        var there = present(member);
        var server = there == null ? member : there;
        if (server.weight() > 0 && (mostLoaded == null || isMoreLoaded(server, mostLoaded))) {
          mostLoaded = server;
          itsMember = member;
        }
      }
      if (itsMember != null) {
        members.remove(itsMember);
        changedNanos = nowNanos;
      }
    }

    private static boolean isMoreLoaded(Destination server, Destination than) {
      return Load.isHigher(
          Load.overhead(server), server.weight(), Load.overhead(than), than.weight());
    }
  }
}
