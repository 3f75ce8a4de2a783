package org.lvsdirector.pulse;

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
   */
  record Started(long nowNanos, long term) implements Input {}

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
}
