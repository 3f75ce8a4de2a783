package org.lvsdirector.pulse;

/**
 * Something the loop shall do, in the order given. Those with an {@link Answered#id} are answered
 * by {@link Input.EffectDone} or {@link Input.EffectFailed}; the loop goes on meanwhile.
 */
public sealed interface Effect {

  /** An effect whose outcome comes back as an input. */
  sealed interface Answered extends Effect {
    /** Unique within one incarnation, rising. */
    long id();
  }

  /** Take all virtual addresses. Runs after every earlier {@link Release} has ended. */
  record Acquire(long id) implements Answered {}

  /** Tell the neighbours that the virtual addresses are here. */
  record Announce(long id) implements Answered {}

  /** Give all virtual addresses up. Runs after every earlier {@link Acquire} has ended. */
  record Release(long id) implements Answered {}

  /** Make a term survive a restart. Does not wait for addresses, nor they for it. */
  record PersistTerm(long id, long term) implements Answered {}

  /** Send a heartbeat on every link now rather than at the next keepalive. */
  record HeartbeatNow() implements Effect {}

  /** Record a change of role. */
  record Journal(Transition transition) implements Effect {}

  /**
   * End the loop; nothing follows.
   *
   * @param isReleased whether the addresses are given up
   */
  record Stopped(boolean isReleased) implements Effect {}
}
