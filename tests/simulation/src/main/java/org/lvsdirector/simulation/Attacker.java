// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.simulation;

import static org.lvsdirector.simulation.Timeline.MS;
import static org.lvsdirector.simulation.Timeline.SECOND;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.lvsdirector.config.Pair.Node;

/**
 * Somebody who has some of the links in his hands, and not the key: he holds back what he likes for
 * up to a minute, in any order, and delivers again what was delivered before. What the seal would
 * refuse is refused here as well: what a process has taken on a link already, what is of a boot
 * that another one has followed, and to a process that has just started what is older than a
 * minute.
 */
final class Attacker {

  /** For so long a recording is believed by a process that has just started. */
  static final long BELIEVED_NANOS = 62 * SECOND;

  private static final long MINUTE = 60 * SECOND;
  private static final int MOST_RECORDED = 500;

  private final World world;
  private final int links;
  private final List<Packet> recorded = new ArrayList<>();
  private final Set<Taken> taken = new HashSet<>();
  private final long[][] newestBoots;
  private boolean isHolding;
  private boolean isOver;

  /** What was sent to whom. */
  private record Packet(Node to, int link, Word word) {}

  /** What a process of a node has taken on a link. */
  private record Taken(Node node, long incarnation, int link, long boot, long sequence) {}

  /**
   * He begins now.
   *
   * @param links so many links are in his hands, the last ones
   */
  Attacker(World world, int links) {
    this.world = world;
    this.links = links;
    newestBoots = new long[2][world.network().links()];
    world.attackedBy(this);
    next();
  }

  /** How much later the directors may hear the truth: with one link of their own, not at all. */
  long delayNanos() {
    return links < world.network().links() ? 0 : MINUTE;
  }

  /** He lets go of all. */
  void end() {
    isOver = true;
  }

  private void next() {
    world
        .time()
        .after(
            world.random().nextLong(4 * world.conditions().deadtimeNanos()),
            () -> {
              if (!isOver) {
                isHolding = world.random().nextBoolean();
                replay();
                next();
              }
            });
  }

  private void replay() {
    for (var i = 0; i < 20 && !recorded.isEmpty(); i++) {
      var packet = recorded.get(world.random().nextInt(recorded.size()));
      world
          .time()
          .after(
              world.random().nextLong(world.conditions().deadtimeNanos()), () -> deliver(packet));
    }
  }

  /** Whether a heartbeat goes his way rather than that of the network. */
  boolean takes(Director from, int link, Word word) {
    if (isOver || link < world.network().links() - links) {
      return false;
    }
    var packet = new Packet(from.node().partner(), link, word);
    recorded.add(packet);
    if (recorded.size() > MOST_RECORDED) {
      recorded.removeFirst();
    }
    var delay = isHolding ? world.random().nextLong(MINUTE) : MS;
    world.time().after(delay, () -> deliver(packet));
    return true;
  }

  private void deliver(Packet packet) {
    var to = world.director(packet.to);
    if (passesTheSeal(to, packet)) {
      to.receive(packet.link, packet.word);
    }
  }

  private boolean passesTheSeal(Director to, Packet packet) {
    var word = packet.word;
    var newest = newestBoots[Network.at(packet.to)];
    var isNewProcess = word.sentAt() < to.upSince() + SECOND;
    if (!to.isUp()
        || word.boot() < newest[packet.link]
        || isNewProcess && world.now() - word.sentAt() > MINUTE) {
      return false;
    }
    newest[packet.link] = word.boot();
    return taken.add(
        new Taken(packet.to, to.bootId(), packet.link, word.boot(), word.heartbeat().sequence()));
  }
}
