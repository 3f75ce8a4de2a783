// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.port;

import java.io.IOException;

/**
 * What the failover decision asks of the world beyond heartbeats, addresses and disk: a port for
 * each outside thing. Calls come from threads that may block; several may run at once.
 *
 * @param targets the ping targets
 * @param neighbours the other machines on the networks of the virtual addresses
 * @param witness the third process
 * @param sync connection synchronisation
 * @param partner the partner, on other ways than heartbeats
 */
public record Ports(
    Targets targets,
    Neighbours neighbours,
    Lessor witness,
    Synchronisation sync,
    PartnerPort partner) {

  private static final String NOT_CONFIGURED = "not configured";

  /** Nothing of it is there: questions fail, commands do nothing. */
  public static final Ports NONE =
      new Ports(
          () -> {
            throw new IOException(NOT_CONFIGURED);
          },
          new NoNeighbours(),
          new NoLessor(),
          _ -> {},
          _ -> {});

  /** With other ping targets. */
  public Ports with(Targets other) {
    return new Ports(other, neighbours, witness, sync, partner);
  }

  /** With other neighbours. */
  public Ports with(Neighbours other) {
    return new Ports(targets, other, witness, sync, partner);
  }

  /** With another witness. */
  public Ports with(Lessor other) {
    return new Ports(targets, neighbours, other, sync, partner);
  }

  /** With another connection synchronisation. */
  public Ports with(Synchronisation other) {
    return new Ports(targets, neighbours, witness, other, partner);
  }

  public boolean hasTargets() {
    return !targets.equals(NONE.targets);
  }

  public boolean hasWitness() {
    return !witness.equals(NONE.witness);
  }

  public boolean hasSync() {
    return !sync.equals(NONE.sync);
  }

  /** The ping targets. */
  public interface Targets {
    /** Returns when one of them answers. */
    void ping() throws IOException;
  }

  /** The other machines on the networks of the virtual addresses. */
  public interface Neighbours {
    /** Whether another machine answers for a virtual address. */
    boolean isForeignAnswering() throws IOException;

    /** Announces one virtual address once. */
    void beacon() throws IOException;
  }

  /** The witness. */
  public interface Lessor {
    /** Asks for the lease. */
    Grant ask(long term, boolean isHolding) throws IOException;

    /** Gives the lease back. */
    void giveBack(long term) throws IOException;
  }

  /**
   * What the witness answers.
   *
   * @param isGranted whether this node has the lease
   * @param forNanos for how long or, when refused, how long to wait at most
   */
  public record Grant(boolean isGranted, long forNanos) {}

  /** Connection synchronisation. */
  public interface Synchronisation {
    /** Sends, or receives, from now on. */
    void run(boolean isSender) throws IOException;
  }

  /** Other ways to the partner than heartbeats. */
  public interface PartnerPort {
    /** Demands that the partner releases. */
    void stop(long term) throws IOException;
  }

  private record NoNeighbours() implements Neighbours {
    @Override
    public boolean isForeignAnswering() throws IOException {
      throw new IOException(NOT_CONFIGURED);
    }

    @Override
    public void beacon() {}
  }

  private record NoLessor() implements Lessor {
    @Override
    public Grant ask(long term, boolean isHolding) throws IOException {
      throw new IOException(NOT_CONFIGURED);
    }

    @Override
    public void giveBack(long term) {}
  }
}
