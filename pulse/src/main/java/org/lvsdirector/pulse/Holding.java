package org.lvsdirector.pulse;

/**
 * What an active node has to look after.
 *
 * @param hasFound whether a node that has just started found the addresses in place
 * @param recheckAtNanos when a node that had stalled announces, if nobody else is active by then;
 *     {@link Long#MAX_VALUE} for no such thing
 * @param deafRivalNanos since when the partner is active too and does not hear this node; -1 for
 *     never
 * @param probeId the open question who else answers for the addresses; 0 for none
 * @param contestAtNanos when to announce and ask again because somebody else answered; {@link
 *     Long#MAX_VALUE} for never
 * @param beaconAtNanos no beacon before
 * @param announcing the announcement
 * @param syncing the role in connection synchronisation
 */
public record Holding(
    boolean hasFound,
    long recheckAtNanos,
    long deafRivalNanos,
    long probeId,
    long contestAtNanos,
    long beaconAtNanos,
    Errand announcing,
    Errand syncing) {

  private static final long NEVER = Long.MAX_VALUE;

  static final Holding NONE = new Holding(false, NEVER, -1, 0, NEVER, 0, Errand.NONE, Errand.NONE);

  /**
   * An effect that is tried again when it fails.
   *
   * @param id the last try; 0 for none
   * @param failures so many in a row
   * @param againAtNanos when to try again; {@link Long#MAX_VALUE} for never
   */
  public record Errand(long id, int failures, long againAtNanos) {
    static final Errand NONE = new Errand(0, 0, NEVER);

    /** After so many failures in a row it is not tried any more. */
    static final int MAX_FAILURES = 10;

    Errand tried(long newId) {
      return new Errand(newId, failures, NEVER);
    }

    Errand failed(long atNanos) {
      return new Errand(0, failures + 1, failures + 1 < MAX_FAILURES ? atNanos : NEVER);
    }
  }

  Holding found(boolean isFound) {
    return new Holding(
        isFound,
        recheckAtNanos,
        deafRivalNanos,
        probeId,
        contestAtNanos,
        beaconAtNanos,
        announcing,
        syncing);
  }

  Holding recheckAt(long atNanos) {
    return new Holding(
        hasFound,
        atNanos,
        deafRivalNanos,
        probeId,
        contestAtNanos,
        beaconAtNanos,
        announcing,
        syncing);
  }

  Holding deafRival(long sinceNanos) {
    return new Holding(
        hasFound,
        recheckAtNanos,
        sinceNanos,
        probeId,
        contestAtNanos,
        beaconAtNanos,
        announcing,
        syncing);
  }

  Holding contest(long newProbeId, long atNanos) {
    return new Holding(
        hasFound,
        recheckAtNanos,
        deafRivalNanos,
        newProbeId,
        atNanos,
        beaconAtNanos,
        announcing,
        syncing);
  }

  Holding beaconAt(long atNanos) {
    return new Holding(
        hasFound,
        recheckAtNanos,
        deafRivalNanos,
        probeId,
        contestAtNanos,
        atNanos,
        announcing,
        syncing);
  }

  Holding announcing(Errand errand) {
    return new Holding(
        hasFound,
        recheckAtNanos,
        deafRivalNanos,
        probeId,
        contestAtNanos,
        beaconAtNanos,
        errand,
        syncing);
  }

  Holding syncing(Errand errand) {
    return new Holding(
        hasFound,
        recheckAtNanos,
        deafRivalNanos,
        probeId,
        contestAtNanos,
        beaconAtNanos,
        announcing,
        errand);
  }
}
