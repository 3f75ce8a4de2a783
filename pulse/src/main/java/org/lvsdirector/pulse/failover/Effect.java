// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.failover;

/**
 * Something the loop shall do, in the order given. Those with an {@link Answered#id} are answered
 * by {@link Input.EffectDone} or {@link Input.EffectFailed}; the loop goes on meanwhile.
 */
public sealed interface Effect {

  /** An effect that may block: it is carried out away from the loop. */
  sealed interface Outward extends Effect {}

  /** An effect whose outcome comes back as an input. */
  sealed interface Answered extends Outward {
    /** Unique within one incarnation, rising. */
    long id();
  }

  /**
   * Hold exactly the virtual addresses of the lvs.cf that is in force now. Runs after every earlier
   * one and every earlier {@link Release} has ended.
   */
  record Acquire(long id) implements Answered {}

  /**
   * Find out whether {@link Acquire} would succeed, as far as that can be told without taking
   * anything.
   */
  record TryAddresses(long id) implements Answered {}

  /** Tell the neighbours that the virtual addresses that are in force now are here. */
  record Announce(long id) implements Answered {}

  /**
   * Give all virtual addresses up. Runs after every earlier {@link Acquire} has ended.
   *
   * @param isHandedOver whether the partner serves already: then clients that have not heard of it
   *     yet may be served for a moment more
   */
  record Release(long id, boolean isHandedOver) implements Answered {}

  /**
   * Make a term and an operator's word survive a restart. Does not wait for addresses, nor they for
   * it. Of several the latest word counts, and the highest term.
   *
   * @param isMaintained whether an operator keeps this node out
   */
  record PersistTerm(long id, long term, boolean isMaintained) implements Answered {}

  /** Ask whether any ping target answers; done when one does, failed when none does. */
  record PingTargets(long id) implements Answered {}

  /** Ask by ARP and ND who else answers; answered by {@link Input.Probed} or a failure. */
  record ProbeAddresses(long id) implements Answered {}

  /**
   * Ask the witness for the lease; answered by {@link Input.WitnessAnswered} or a failure.
   *
   * @param isHolding whether this node is active, which renews rather than claims
   */
  record AskWitness(long id, long term, boolean isHolding) implements Answered {}

  /**
   * Run connection synchronisation as the sender or as the receiver from now on.
   *
   * @param isSender true on the active node
   */
  record SyncRole(long id, boolean isSender) implements Answered {}

  /** Give the witness its lease back. */
  record ReturnLease(long term) implements Outward {}

  /** Demand on every other way than heartbeats that the partner releases. */
  record StopPartner(long term) implements Outward {}

  /** Announce one address once: to a partner that hears no heartbeat, a sign of life. */
  record Beacon() implements Outward {}

  /** Tell the operator's notify command; in order, after the effects before it. */
  record Notify(Notice notice) implements Outward {}

  /**
   * An order has ended.
   *
   * @param reason why it was not carried out; empty when it was
   */
  record OrderEnded(long orderId, boolean isDone, String reason) implements Effect {}

  /** Send a heartbeat on every link now rather than at the next keepalive. */
  record HeartbeatNow() implements Effect {}

  /** Record a change of role. */
  record Journal(Transition transition) implements Outward {}

  /**
   * End the loop; nothing follows.
   *
   * @param isReleased whether the addresses are given up
   */
  record Stopped(boolean isReleased) implements Effect {}
}
