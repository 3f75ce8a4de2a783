// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.simulation;

import static org.lvsdirector.simulation.Timeline.MS;
import static org.lvsdirector.simulation.Timeline.SECOND;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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
  private final Map<Conversation, Newest> newests = new HashMap<>();
  private boolean isHolding;
  private boolean isOver;

  /** What was sent to whom. */
  private record Packet(Node to, int link, Word word, long heardBoot) {}

  /** What a process hears on a link. */
  private record Conversation(long incarnation, int link) {}

  /** What a process has taken on a link. */
  private record Taken(Conversation by, long boot, long sequence) {}

  /** The newest of it. */
  private record Newest(long boot, long sentAt) {}

  /**
   * He begins now.
   *
   * @param links so many links are in his hands, the last ones
   */
  Attacker(World world, int links) {
    this.world = world;
    this.links = links;
    world.attackedBy(this);
    next();
  }

  /**
   * How much later the directors may hear the truth. With a link of their own they do at once, but
   * for boots that have followed each other within the minute.
   */
  long delayNanos() {
    return MINUTE;
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
    var heard = from.state().partner().last();
    var packet = new Packet(from.node().partner(), link, word, heard == null ? 0 : heard.bootId());
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
    var process = new Conversation(to.bootId(), packet.link);
    var newest = newests.getOrDefault(process, new Newest(0, Long.MIN_VALUE / 2));
    var isEchoing = packet.heardBoot == to.bootId();
    var isNow =
        world.now() - word.sentAt() <= MINUTE && word.sentAt() >= newest.sentAt() - 2 * SECOND;
    if (!to.isUp() || word.boot() < newest.boot() || !isEchoing && !isNow) {
      return false;
    }
    var isFirst = taken.add(new Taken(process, word.boot(), word.heartbeat().sequence()));
    if (isFirst) {
      newests.put(process, new Newest(word.boot(), Math.max(newest.sentAt(), word.sentAt())));
    }
    return isFirst;
  }
}
