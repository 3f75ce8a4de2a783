// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.failover;

/**
 * What an active node has to look after.
 *
 * @param hasFound whether a node that has just started found the addresses in place
 * @param recheckAtNanos when a node that had stalled or lost a link announces, if nobody else is
 *     active by then; {@link Moment#NEVER} for no such thing
 * @param rivalNanos since when the partner is active too; -1 while it is not
 * @param announcedNanos since when a partner that is silent announces the addresses; -1 for none
 * @param probeId the open question who else answers for the addresses; 0 for none
 * @param contestAtNanos when to announce and ask again because somebody else answered; {@link
 *     Moment#NEVER} for never
 * @param beaconAtNanos no beacon before
 * @param announcing the announcement
 * @param syncing the role in connection synchronisation
 * @param renewal the addresses of a reload
 */
public record ActiveState(
    boolean hasFound,
    long recheckAtNanos,
    long rivalNanos,
    long announcedNanos,
    long probeId,
    long contestAtNanos,
    long beaconAtNanos,
    Errand announcing,
    Errand syncing,
    Renewal renewal) {

  static final ActiveState NONE =
      new ActiveState(
          false, Moment.NEVER, -1, -1, 0, Moment.NEVER, 0, Errand.NONE, Errand.NONE, Renewal.NONE);

  /**
   * An effect that is tried again until it succeeds.
   *
   * @param id the last try; 0 for none
   * @param failures so many in a row
   * @param againAtNanos when to try again; {@link Moment#NEVER} for never, or not yet known
   */
  public record Errand(long id, int failures, long againAtNanos) {
    static final Errand NONE = new Errand(0, 0, Moment.NEVER);

    /** After so many failures in a row the operator is told. */
    static final int TOLD_FAILURES = 5;

    Errand tried(long newId) {
      return new Errand(newId, failures, Moment.NEVER);
    }
  }

  /**
   * The addresses of a reload, on the way to being held. A failure is remembered until they are:
   * this node is not fit as long.
   *
   * @param isDue whether to acquire them as soon as the pause after a failure is over
   * @param id the acquisition under way; 0 for none
   * @param deadlineNanos when to count it as failed; {@link Moment#NEVER} for never
   * @param failure why the last one failed; empty when none did
   * @param hasOffered whether the role was offered to the partner because of it
   */
  public record Renewal(
      boolean isDue, long id, long deadlineNanos, String failure, boolean hasOffered) {
    static final Renewal NONE = new Renewal(false, 0, Moment.NEVER, "", false);

    /** Whether some addresses could not be taken. */
    public boolean hasFailed() {
      return !failure.isEmpty();
    }

    /** Another list: an answer about the one before does not count any more. */
    Renewal due() {
      return new Renewal(true, 0, Moment.NEVER, failure, false);
    }

    Renewal tried(long newId, long untilNanos) {
      return new Renewal(false, newId, untilNanos, failure, hasOffered);
    }

    Renewal failed(String reason) {
      return new Renewal(true, 0, Moment.NEVER, reason, hasOffered);
    }

    /** Still under way: another one would only wait behind it. */
    Renewal overdue() {
      return new Renewal(false, id, Moment.NEVER, "acquire: no answer", hasOffered);
    }

    Renewal offered() {
      return new Renewal(isDue, id, deadlineNanos, failure, true);
    }
  }

  ActiveState found(boolean isFound) {
    return new ActiveState(
        isFound,
        recheckAtNanos,
        rivalNanos,
        announcedNanos,
        probeId,
        contestAtNanos,
        beaconAtNanos,
        announcing,
        syncing,
        renewal);
  }

  ActiveState recheckAt(long atNanos) {
    return new ActiveState(
        hasFound,
        atNanos,
        rivalNanos,
        announcedNanos,
        probeId,
        contestAtNanos,
        beaconAtNanos,
        announcing,
        syncing,
        renewal);
  }

  ActiveState rival(long sinceNanos) {
    return new ActiveState(
        hasFound,
        recheckAtNanos,
        sinceNanos,
        announcedNanos,
        probeId,
        contestAtNanos,
        beaconAtNanos,
        announcing,
        syncing,
        renewal);
  }

  ActiveState announced(long sinceNanos) {
    return new ActiveState(
        hasFound,
        recheckAtNanos,
        rivalNanos,
        sinceNanos,
        probeId,
        contestAtNanos,
        beaconAtNanos,
        announcing,
        syncing,
        renewal);
  }

  ActiveState contest(long newProbeId, long atNanos) {
    return new ActiveState(
        hasFound,
        recheckAtNanos,
        rivalNanos,
        announcedNanos,
        newProbeId,
        atNanos,
        beaconAtNanos,
        announcing,
        syncing,
        renewal);
  }

  ActiveState beaconAt(long atNanos) {
    return new ActiveState(
        hasFound,
        recheckAtNanos,
        rivalNanos,
        announcedNanos,
        probeId,
        contestAtNanos,
        atNanos,
        announcing,
        syncing,
        renewal);
  }

  ActiveState announcing(Errand errand) {
    return new ActiveState(
        hasFound,
        recheckAtNanos,
        rivalNanos,
        announcedNanos,
        probeId,
        contestAtNanos,
        beaconAtNanos,
        errand,
        syncing,
        renewal);
  }

  ActiveState syncing(Errand errand) {
    return new ActiveState(
        hasFound,
        recheckAtNanos,
        rivalNanos,
        announcedNanos,
        probeId,
        contestAtNanos,
        beaconAtNanos,
        announcing,
        errand,
        renewal);
  }

  ActiveState renewal(Renewal next) {
    return new ActiveState(
        hasFound,
        recheckAtNanos,
        rivalNanos,
        announcedNanos,
        probeId,
        contestAtNanos,
        beaconAtNanos,
        announcing,
        syncing,
        next);
  }
}
