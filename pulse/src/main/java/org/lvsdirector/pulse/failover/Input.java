// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.failover;

/** Something that happened, as {@link Failover#step} is told of it. */
public sealed interface Input {

  /**
   * When it happened, on a monotonic clock that starts anywhere at or above 0 and never goes back
   * from one input to the next.
   */
  long nowNanos();

  /**
   * The process runs; always the first input.
   *
   * @param term the highest term that this node had persisted
   * @param hasFound whether the virtual addresses were found present on this machine
   * @param isMaintained whether an operator had ordered this node to keep out
   */
  record Started(long nowNanos, long term, boolean hasFound, boolean isMaintained)
      implements Input {
    /** A start of a node that may take over. */
    public Started(long nowNanos, long term, boolean hasFound) {
      this(nowNanos, term, hasFound, false);
    }

    /** A start without the addresses. */
    public Started(long nowNanos, long term) {
      this(nowNanos, term, false);
    }
  }

  /** This node's lvs.cf is read for the first time. */
  record ConfigLoaded(long nowNanos, String digest) implements Input {}

  /**
   * This node's lvs.cf is read again: {@link Effect.Acquire} and {@link Effect.Announce} mean its
   * virtual addresses from the effects of this step on.
   */
  record AddressesChanged(long nowNanos, String digest) implements Input {}

  /** The time that {@link Failover#wakeAt} asked for has come. Harmless at any other time. */
  record Wake(long nowNanos) implements Input {}

  /**
   * A heartbeat arrived.
   *
   * @param link index of the link in {@link Settings#links}
   */
  record Heard(long nowNanos, int link, Heartbeat heartbeat) implements Input {}

  /**
   * A link can be heard on from now on, or no longer. One that is open and silent is open.
   *
   * @param link index of the link in {@link Settings#links}
   */
  record LinkChanged(long nowNanos, int link, boolean isOpen) implements Input {}

  /**
   * This node can or cannot serve from now on.
   *
   * @param reason why not; empty when it can
   */
  record FitnessChanged(long nowNanos, boolean isFit, String reason) implements Input {}

  /** The effect with this id was carried out. */
  record EffectDone(long nowNanos, long id) implements Input {}

  /** The effect with this id was not, or not wholly, carried out. */
  record EffectFailed(long nowNanos, long id, String reason) implements Input {}

  /** The loop itself did not run for so long; silence during it is no evidence. */
  record Stalled(long nowNanos, long forNanos) implements Input {}

  /**
   * The daemon shall stop.
   *
   * @param isReleasing whether to give the addresses up even when no partner can take them over
   */
  record StopRequested(long nowNanos, boolean isReleasing) implements Input {}

  /** Some ping target answers, or none does any more. */
  record TargetsChanged(long nowNanos, boolean isReached) implements Input {}

  /**
   * The answer to {@link Effect.ProbeAddresses}.
   *
   * @param isForeign whether another machine answered for a virtual address
   */
  record Probed(long nowNanos, long id, boolean isForeign) implements Input {}

  /** The partner announced a virtual address: its process lives and holds it. */
  record PartnerAnnounced(long nowNanos) implements Input {}

  /**
   * The witness answered {@link Effect.AskWitness}.
   *
   * @param forNanos how long the lease is or, when it was refused, how long to wait at most
   */
  record WitnessAnswered(long nowNanos, long id, boolean isGranted, long forNanos)
      implements Input {
    /** The same for no longer than was asked for. */
    WitnessAnswered within(long leaseNanos) {
      return new WitnessAnswered(nowNanos, id, isGranted, Math.clamp(forNanos, 0, leaseNanos));
    }
  }

  /**
   * How far the connection table is.
   *
   * @param position rises with every change that was sent or received
   * @param isInSync whether this node has all connections of its partner
   */
  record SyncReported(long nowNanos, long position, boolean isInSync) implements Input {}

  /** The partner demands, on another way than heartbeats, that this node releases. */
  record StopAsked(long nowNanos, long term) implements Input {}

  /**
   * An operator's order; answered by {@link Effect.OrderEnded}.
   *
   * @param orderId above 0
   */
  record Ordered(long nowNanos, long orderId, Order order) implements Input {}

  /** What an operator can order. */
  enum Order {
    /** The role moves to the other node. */
    FAILOVER,
    /** This node hands over and keeps out until told otherwise. */
    STANDBY,
    /** This node may take over again. */
    ONLINE
  }
}
