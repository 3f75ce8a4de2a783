package org.lvsdirector.pulse;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import org.lvsdirector.config.Pair.Node;
import org.lvsdirector.config.Role;

/**
 * Two simulated directors with two links in virtual time: lossy, late, doubling and reordering
 * links that can be cut one way or both ways, crashes, restarts, stalls, slow and failing effects.
 * The invariants are checked after every event.
 */
final class TwoNodes {

  static final long MS = 1_000_000;
  private static final long KEEPALIVE = 100 * MS;
  private static final long DEADTIME = 750 * MS;
  private static final int LINKS = 2;

  /** After a start, each link opens within this time. */
  private static final long LINKS_OPEN = 1500 * MS;

  private record Event(long at, long order, Runnable action) {}

  /** A simulated director. */
  private final class Director {
    final Node node;
    final Settings settings;
    State state;
    long bootId;
    long sequence;
    long persistedTerm;
    long lastActiveTerm;
    boolean isUp;
    boolean isHolding;
    long stalledSince = -1;
    long upSince;
    long startedAt;
    long arrivedAt = -1;
    long deliveredAt = -1;
    long heardActiveAt = -1;
    long claimedAt;
    long openedAt = Long.MAX_VALUE;
    final Map<Integer, Heartbeat> newest = new HashMap<>();
    long workerFreeAt;
    long wakeAt = -1;
    final boolean[] isOpen = new boolean[LINKS];
    final List<Runnable> waiting = new ArrayList<>();

    Director(Node node) {
      this.node = node;
      settings = new Settings(node, true, List.of("public", "private"), KEEPALIVE, DEADTIME);
      state = State.initial(settings);
    }

    void start() {
      if (isUp) {
        return;
      }
      isUp = true;
      upSince = now;
      startedAt = now;
      arrivedAt = now;
      deliveredAt = now;
      openedAt = Long.MAX_VALUE;
      newest.clear();
      bootId = random.nextLong();
      sequence = 0;
      lastActiveTerm = Math.min(lastActiveTerm, persistedTerm); // a disk that failed
      state = State.initial(settings);
      var incarnation = bootId;
      trace(node + " starts");
      give(new Input.Started(now, persistedTerm));
      for (var link = 0; link < LINKS; link++) {
        openLater(incarnation, link, random.nextLong(LINKS_OPEN));
      }
      later(random.nextLong(200) * MS, () -> runs(incarnation, () -> fit(true)));
      beat(incarnation);
    }

    private void openLater(long incarnation, int link, long nanos) {
      isOpen[link] = false;
      later(
          nanos,
          () ->
              runs(
                  incarnation,
                  () -> {
                    isOpen[link] = true;
                    openedAt = now;
                    give(new Input.LinkChanged(now, link, true));
                  }));
    }

    void crash() {
      if (isUp) {
        trace(node + " crashes");
        isUp = false;
        isHolding = false;
        stalledSince = -1;
        waiting.clear();
      }
    }

    void stall(long nanos) {
      if (!isUp || stalledSince >= 0) {
        return;
      }
      trace(node + " stalls");
      stalledSince = now;
      var incarnation = bootId;
      later(nanos, () -> resume(incarnation));
    }

    private void resume(long incarnation) {
      if (!isUp || bootId != incarnation) {
        return;
      }
      var nanos = now - stalledSince;
      stalledSince = -1;
      upSince = now;
      give(new Input.Stalled(now, nanos));
      var actions = List.copyOf(waiting);
      waiting.clear();
      actions.forEach(Runnable::run);
    }

    /** Runs an action of one incarnation, after a stall if there is one. */
    void runs(long incarnation, Runnable action) {
      if (!isUp || bootId != incarnation) {
        return;
      }
      if (stalledSince >= 0) {
        waiting.add(action);
      } else {
        action.run();
      }
    }

    void fit(boolean isFit) {
      give(new Input.FitnessChanged(now, isFit, isFit ? "" : "ill"));
    }

    private void beat(long incarnation) {
      send();
      later(KEEPALIVE, () -> runs(incarnation, () -> beat(incarnation)));
    }

    private void send() {
      var identity = new Failover.Identity(bootId, "digest");
      var heartbeat = Failover.heartbeat(settings, state, identity, ++sequence, now);
      for (var link = 0; link < LINKS; link++) {
        if (isOpen[link]) {
          transmit(this, link, heartbeat);
        }
      }
    }

    void give(Input input) {
      var step = Failover.step(settings, state, input);
      var before = state.role();
      state = step.next();
      for (var effect : step.effects()) {
        carryOut(effect, before);
        before = effect instanceof Effect.Journal(var change) ? change.to() : before;
      }
      check(before == state.role(), node + " changed its role without a word");
      plan();
    }

    private void plan() {
      var at = Failover.wakeAt(settings, state);
      if (at == wakeAt || at == Long.MAX_VALUE) {
        wakeAt = at;
        return;
      }
      wakeAt = at;
      var incarnation = bootId;
      later(at - now, () -> runs(incarnation, () -> wake(at)));
    }

    private void wake(long planned) {
      if (wakeAt == planned) {
        give(new Input.Wake(now));
        var next = Failover.wakeAt(settings, state);
        check(next > now, node + " wakes again at once");
      }
    }

    private void carryOut(Effect effect, Role before) {
      var incarnation = bootId;
      switch (effect) {
        case Effect.Journal(var change) -> journal(change, before);
        case Effect.HeartbeatNow() -> send();
        case Effect.PersistTerm(var id, var term) -> persist(incarnation, id, term);
        case Effect.Acquire(var id) -> {
          check(state.fitness().isFit(), node + " acquires though unfit");
          work(incarnation, id, true);
        }
        case Effect.Release(var id) -> work(incarnation, id, false);
        case Effect.Announce(var id) -> {
          check(isHolding, node + " announces what it does not hold");
          later(MS, () -> runs(incarnation, () -> give(new Input.EffectDone(now, id))));
        }
        case Effect.Stopped(_) -> crash();
      }
    }

    private void journal(Transition change, Role before) {
      trace(node + " " + change);
      transitions++;
      check(change.from() == before, node + " has a gap in its journal: " + change);
      check(TransitionTable.allows(change), node + " has no row for " + change);
      if (change.to() == Role.CLAIMING) {
        claimedAt = now;
        checkClaim(change);
      }
      if (change.to() == Role.ACTIVE) {
        check(state.term() > lastActiveTerm, node + " is active with an old term");
        lastActiveTerm = state.term();
        check(heardActiveAt <= claimedAt, node + " is active though it heard an active partner");
        enterActive(this);
      }
    }

    private void checkClaim(Transition change) {
      check(
          change.from() != Role.STARTING || now - startedAt >= DEADTIME,
          node + " claims before it listened: " + change);
      if (change.cause() == Cause.PARTNER_SILENT || change.cause() == Cause.PARTNER_ABSENT) {
        check(now - arrivedAt >= DEADTIME, node + " could hear its partner: " + change);
        check(now - openedAt >= DEADTIME, node + " did not listen long enough: " + change);
      } else {
        check(deliveredAt >= upSince, node + " claims on words from before a stall: " + change);
      }
    }

    private void persist(long incarnation, long id, long term) {
      var isLost = chance(failingPercent);
      later(
          random.nextLong(300) * MS,
          () -> {
            if (isUp && bootId == incarnation && !isLost) {
              persistedTerm = Math.max(persistedTerm, term);
            }
            runs(incarnation, () -> answer(id, isLost));
          });
    }

    private void work(long incarnation, long id, boolean isAcquire) {
      var isFailing = isAcquire && chance(failingPercent);
      workerFreeAt = Math.max(workerFreeAt, now) + random.nextLong(1, 30) * MS;
      later(
          workerFreeAt - now,
          () -> {
            if (isUp && bootId == incarnation) {
              isHolding = isAcquire && !isFailing;
              runs(incarnation, () -> answer(id, isFailing));
            }
          });
    }

    private void answer(long id, boolean isFailed) {
      give(isFailed ? new Input.EffectFailed(now, id, "EPERM") : new Input.EffectDone(now, id));
    }

    boolean isActive() {
      return isUp && state.role() == Role.ACTIVE;
    }

    boolean isRunning() {
      return isUp && stalledSince < 0;
    }
  }

  private final Random random;
  private final long seed;
  private final PriorityQueue<Event> queue =
      new PriorityQueue<>(
          (a, b) ->
              a.at() != b.at() ? Long.compare(a.at(), b.at()) : Long.compare(a.order(), b.order()));
  private final Map<Node, Director> directors = new HashMap<>();
  private final boolean[][] isCut = new boolean[LINKS][2];
  private final long[] goodSince = new long[LINKS];
  private final StringBuilder trace = new StringBuilder();
  private long now;
  private long order;
  private long bothActiveSince = -1;
  private int lossPercent;
  private int failingPercent;
  private int transitions;
  private int events;

  TwoNodes(long seed) {
    this.seed = seed;
    random = new Random(seed);
    lossPercent = random.nextInt(6);
    failingPercent = random.nextInt(20);
    for (var node : Node.values()) {
      var director = new Director(node);
      directors.put(node, director);
      later(random.nextLong(3000) * MS, director::start);
    }
  }

  /** Runs with random faults for so long, then without any until all must be well. */
  void run(long seconds) {
    var end = seconds * 1000 * MS;
    fault(end);
    until(end);
    trace("all heals");
    lossPercent = 0;
    failingPercent = 0;
    for (var link = 0; link < LINKS; link++) {
      cut(link, false, false);
    }
    directors.values().forEach(director -> later(15_000 * MS, director::start));
    directors.values().forEach(director -> later(2, () -> heal(director)));
    until(end + 100_000 * MS);
    checkSettled();
  }

  private void heal(Director director) {
    director.runs(director.bootId, () -> director.fit(true));
  }

  private void checkSettled() {
    var roles =
        directors.values().stream().map(director -> director.state.role()).sorted().toList();
    check(roles.equals(List.of(Role.STANDBY, Role.ACTIVE)), "ends with " + roles);
    var active = director(Node.PRIMARY).isActive() ? Node.PRIMARY : Node.BACKUP;
    check(director(active).isHolding, active + " is active without the addresses");
    check(!director(active.partner()).isHolding, "the standby holds the addresses");
  }

  private void fault(long end) {
    if (now >= end) {
      return;
    }
    var director = director(random.nextBoolean() ? Node.PRIMARY : Node.BACKUP);
    switch (random.nextInt(10)) {
      case 0 -> {
        director.crash();
        later(random.nextLong(500) * MS, random.nextBoolean() ? director::start : () -> {});
      }
      case 1, 2 -> director.start();
      case 3 -> director.stall(random.nextLong(20, 3000) * MS);
      case 4 -> director.runs(director.bootId, () -> director.fit(false));
      case 5 -> director.runs(director.bootId, () -> director.fit(true));
      case 6 -> cut(random.nextInt(LINKS), random.nextBoolean(), random.nextBoolean());
      case 7, 8 -> cut(random.nextInt(LINKS), false, false);
      default -> stop(director);
    }
    later(random.nextLong(6000) * MS, () -> fault(end));
  }

  private void stop(Director director) {
    var isReleasing = random.nextBoolean();
    director.runs(director.bootId, () -> director.give(new Input.StopRequested(now, isReleasing)));
  }

  private void cut(int link, boolean isCutForth, boolean isCutBack) {
    trace("link " + link + " cut " + isCutForth + " " + isCutBack);
    isCut[link][0] = isCutForth;
    isCut[link][1] = isCutBack;
    goodSince[link] = now;
  }

  private void transmit(Director from, int link, Heartbeat heartbeat) {
    var to = director(from.node.partner());
    for (var copies = chance(2) ? 2 : 1; copies > 0; copies--) {
      if (isCut[link][from.node == Node.PRIMARY ? 0 : 1] || chance(lossPercent)) {
        continue;
      }
      var delay = chance(3) ? random.nextLong(400) * MS : random.nextLong(5) * MS;
      later(delay, () -> arrive(from, to, link, heartbeat));
    }
  }

  private void arrive(Director from, Director to, int link, Heartbeat heartbeat) {
    if (!to.isUp || !to.isOpen[link]) {
      return;
    }
    if (heartbeat.bootId() == from.bootId && !isStale(from, to, link, heartbeat)) {
      to.arrivedAt = now;
    }
    to.runs(to.bootId, () -> deliver(from, to, link, heartbeat));
  }

  private void deliver(Director from, Director to, int link, Heartbeat heartbeat) {
    var before = to.state;
    var isStale = isStale(from, to, link, heartbeat);
    to.deliveredAt = isStale ? to.deliveredAt : now;
    to.give(new Input.Heard(now, link, heartbeat));
    if (isStale) {
      check(to.state.partner().equals(before.partner()), to.node + " believes " + heartbeat);
      return;
    }
    to.newest.put(link, heartbeat);
    if (heartbeat.equals(to.state.partner().last()) && heartbeat.role() == Role.ACTIVE) {
      to.heardActiveAt = now;
    }
  }

  /** Whether the link brought this or a later one before, or the partner's next incarnation did. */
  private static boolean isStale(Director from, Director to, int link, Heartbeat heartbeat) {
    if (heartbeat.bootId() != from.bootId) {
      return to.newest.values().stream().anyMatch(other -> other.bootId() == from.bootId);
    }
    var newest = to.newest.get(link);
    return newest != null
        && newest.bootId() == heartbeat.bootId()
        && newest.sequence() >= heartbeat.sequence();
  }

  private void enterActive(Director director) {
    var other = director(director.node.partner());
    if (!other.isActive()) {
      return;
    }
    check(!couldTalkSince(now - 2 * DEADTIME), "both active though they could talk");
  }

  /** Whether both ran, and one link carried both ways, all the time since then. */
  private boolean couldTalkSince(long since) {
    for (var director : directors.values()) {
      if (!director.isRunning() || director.upSince + LINKS_OPEN > since) {
        return false;
      }
    }
    for (var link = 0; link < LINKS; link++) {
      if (!isCut[link][0] && !isCut[link][1] && goodSince[link] <= since) {
        return true;
      }
    }
    return false;
  }

  private void checkBothActive() {
    var isBoth = directors.values().stream().allMatch(Director::isActive);
    if (!isBoth) {
      bothActiveSince = -1;
    } else if (bothActiveSince < 0) {
      bothActiveSince = now;
    } else {
      var bound = now - 2 * DEADTIME;
      check(
          bothActiveSince > bound || !couldTalkSince(bound),
          "both active for too long though they can talk");
    }
  }

  private void until(long end) {
    while (!queue.isEmpty() && queue.peek().at() <= end) {
      var event = queue.remove();
      now = event.at();
      event.action().run();
      events++;
      checkBothActive();
      for (var director : directors.values()) {
        check(!director.isActive() || director.isHolding, director.node + " active without them");
      }
    }
    now = end;
  }

  private Director director(Node node) {
    var director = directors.get(node);
    if (director == null) {
      throw new IllegalStateException();
    }
    return director;
  }

  private void later(long nanos, Runnable action) {
    queue.add(new Event(now + Math.max(0, nanos), order++, action));
  }

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  private void trace(String what) {
    trace.append(now / MS).append(" ms ").append(what).append('\n');
  }

  private void check(boolean isTrue, String otherwise) {
    if (!isTrue) {
      var from = Math.max(0, trace.length() - 4000);
      throw new AssertionError(
          "seed " + seed + " at " + now / MS + " ms: " + otherwise + "\n" + trace.substring(from));
    }
  }

  String trace() {
    return trace.toString();
  }

  int transitions() {
    return transitions;
  }

  int events() {
    return events;
  }
}
