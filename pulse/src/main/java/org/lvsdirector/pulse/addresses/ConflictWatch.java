// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.addresses;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.lvsdirector.linux.AgentLoop;
import org.lvsdirector.pulse.addresses.Neighbourhood.Claimant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * While this machine announces the virtual addresses, asks again and again whether another one
 * answers for them too, as RFC 5227 section 2.4 wants it: an address set by hand, a real server
 * whose loopback answers ARP. Who answers twice in a row is told, and everybody hears once more
 * where the address is; in a planned handover both directors may answer once.
 */
final class ConflictWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ConflictWatch.class);
  private static final int BATCH = 20;

  private final Supplier<List<Announced>> announced;
  private final Question question;
  private final Repetition announcer;
  private final AgentLoop loop;
  private final long pauseNanos;
  private final AtomicLong seen = new AtomicLong();
  private volatile String conflict = "";
  private Optional<Claimant> suspect = Optional.empty();
  private int next;

  /** Asks the network which other machine has one of these addresses. */
  interface Question {
    Optional<Claimant> ask(List<Announced> probes) throws IOException;
  }

  /** Announces an address once more. */
  interface Repetition {
    void announce(Announced address) throws IOException;
  }

  /**
   * Asks nothing before {@link #start}.
   *
   * @param announced what is announced now
   * @param pauseNanos between two questions
   */
  ConflictWatch(
      Supplier<List<Announced>> announced,
      Question question,
      Repetition announcer,
      long pauseNanos) {
    this.announced = announced;
    this.question = question;
    this.announcer = announcer;
    this.pauseNanos = pauseNanos;
    loop =
        new AgentLoop(
            "pulse-conflict",
            this::turn,
            e -> LOG.warn("cannot ask whether an address is answered for twice", e));
  }

  void start() {
    loop.start();
  }

  /** Which address another machine answers for too, and which machine; empty for none. */
  String conflict() {
    return conflict;
  }

  /** Answers of other machines so far, while this one announced. */
  long seen() {
    return seen.get();
  }

  private void turn() throws IOException, InterruptedException {
    loop.pause(pauseNanos);
    if (!loop.isClosing()) {
      look();
    }
  }

  /** Asks for the one under suspicion, or else for the next of them. */
  void look() throws IOException {
    var batch = batch(announced.get());
    var found = batch.isEmpty() ? Optional.<Claimant>empty() : question.ask(batch);
    if (found.isPresent() && found.equals(suspect)) {
      tell(found.get(), batch.getFirst());
    } else {
      clear();
    }
    suspect = found;
  }

  private List<Announced> batch(List<Announced> all) {
    if (suspect.isPresent()) {
      var address = suspect.get().address();
      return all.stream().filter(one -> one.address().equals(address)).toList();
    }
    var from = next < all.size() ? next : 0;
    next = Math.min(from + BATCH, all.size());
    return all.subList(from, next);
  }

  private void tell(Claimant claimant, Announced address) throws IOException {
    seen.incrementAndGet();
    var text =
        "%s is answered for by %s too: some clients reach that machine"
            .formatted(Interfaces.text(claimant.address()), claimant.mac());
    if (!text.equals(conflict)) {
      LOG.warn("{}", text);
      conflict = text;
    }
    announcer.announce(address);
  }

  private void clear() {
    if (!conflict.isEmpty()) {
      LOG.info("no other machine answers for a virtual address any more");
      conflict = "";
    }
  }

  @Override
  public void close() {
    loop.close();
  }
}
