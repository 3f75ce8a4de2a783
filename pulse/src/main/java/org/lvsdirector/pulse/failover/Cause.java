// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.failover;

import java.util.Locale;

/** Why a director changed its role. */
public enum Cause {
  /** The process has started. */
  STARTED,
  /** Listened for deadtime; the partner is there and goes first. */
  LISTENED,
  /** The partner holds the addresses or is taking them over. */
  PARTNER_ACTIVE,
  /** The partner was heard before, and was silent on every link for deadtime. */
  PARTNER_SILENT,
  /** The partner was never heard. */
  PARTNER_ABSENT,
  /** The partner said that it stops and holds nothing any more. */
  PARTNER_LEAVING,
  /** The partner says that it cannot serve. */
  PARTNER_UNFIT,
  /** Nobody is active, and the partner reaches no ping target. */
  PARTNER_CUT_OFF,
  /** The partner was active, has started again and holds nothing. */
  PARTNER_RESTARTED,
  /** The partner could serve and should, but does not. */
  PARTNER_HESITATES,
  /** The partner takes longer than deadtime to give the addresses up. */
  PARTNER_STUCK,
  /** The partner is active and asks this node to take over. */
  HANDOVER,
  /** This process has started again in place, and the addresses are still here. */
  RESUMED,
  /** The partner is silent on every link, yet announces the addresses. */
  PARTNER_ANNOUNCES,
  /** The partner does not offer the role any more. */
  OFFER_WITHDRAWN,
  /** The partner has taken over as asked. */
  HANDED_OVER,
  /** The partner has claimed with a later term and tells this node to release. */
  TOLD_TO_STOP,
  /** The partner is active too, and does not hear this node. */
  RIVAL_DEAF,
  /** No ping target answers: it is this node that is cut off. */
  CUT_OFF,
  /** The witness does not grant the lease. */
  WITNESS_REFUSED,
  /** The witness does not answer. */
  WITNESS_SILENT,
  /** Neither the partner nor the witness was heard for a lease. */
  LEASE_LOST,
  /** An operator ordered it. */
  ORDERED,
  /** Nobody is active, and this node is the primary. */
  PREFERRED,
  /** There is no partner. */
  UNPAIRED,
  /** The addresses are held. */
  ACQUIRED,
  /** The addresses could not be acquired. */
  ACQUIRE_FAILED,
  /** Acquiring the addresses did not end in time. */
  ACQUIRE_TIMEOUT,
  /** The addresses are given up. */
  RELEASED,
  /** This process did not run for deadtime or longer while it was claiming. */
  STALLED,
  /** This node cannot serve. */
  UNFIT,
  /** This node can serve again. */
  FIT,
  /** The time to wait after a failure is over. */
  RETRY,
  /** Both were active or claiming: the partner has the lease of the witness. */
  OUTRANKED_BY_WITNESS,
  /** Both were active or claiming: the partner reaches the ping targets, this node does not. */
  OUTRANKED_BY_REACHABILITY,
  /** Both were active or claiming: the partner is fit and this node is not. */
  OUTRANKED_BY_FITNESS,
  /** Both were active or claiming: the partner has the later term. */
  OUTRANKED_BY_TERM,
  /** Both were active or claiming with equal rights: the partner is the primary. */
  OUTRANKED_BY_CONFIGURATION,
  /** The daemon was told to stop. */
  STOP_REQUESTED;

  private final String code = name().toLowerCase(Locale.ROOT).replace('_', '-');

  /** The name in logs and in the journal: {@code partner-silent}. */
  public String code() {
    return code;
  }
}
