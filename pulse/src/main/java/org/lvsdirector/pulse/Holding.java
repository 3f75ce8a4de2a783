package org.lvsdirector.pulse;

/**
 * What an active node has to look after.
 *
 * @param hasFound whether a node that has just started found the addresses in place
 * @param recheckAtNanos when a node that had stalled or lost a link announces, if nobody else is
 *     active by then; {@link Long#MAX_VALUE} for no such thing
 * @param rivalNanos since when the partner is active too; -1 while it is not
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
    long rivalNanos,
    long probeId,
    long contestAtNanos,
    long beaconAtNanos,
    Errand announcing,
    Errand syncing) {

  private static final long NEVER = Long.MAX_VALUE;

  static final Holding NONE = new Holding(false, NEVER, -1, 0, NEVER, 0, Errand.NONE, Errand.NONE);

  /**
   * An effect that is tried again until it succeeds.
   *
   * @param id the last try; 0 for none
   * @param failures so many in a row
   * @param againAtNanos when to try again; {@link Long#MAX_VALUE} for never, or not yet known
   */
  public record Errand(long id, int failures, long againAtNanos) {
    static final Errand NONE = new Errand(0, 0, NEVER);

    /** After so many failures in a row the operator is told. */
    static final int TOLD_FAILURES = 5;

    Errand tried(long newId) {
      return new Errand(newId, failures, NEVER);
    }
  }

  Holding found(boolean isFound) {
    return new Holding(
        isFound,
        recheckAtNanos,
        rivalNanos,
        probeId,
        contestAtNanos,
        beaconAtNanos,
        announcing,
        syncing);
  }

  Holding recheckAt(long atNanos) {
    return new Holding(
        hasFound, atNanos, rivalNanos, probeId, contestAtNanos, beaconAtNanos, announcing, syncing);
  }

  Holding rival(long sinceNanos) {
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
        rivalNanos,
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
        rivalNanos,
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
        rivalNanos,
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
        rivalNanos,
        probeId,
        contestAtNanos,
        beaconAtNanos,
        announcing,
        errand);
  }
}
