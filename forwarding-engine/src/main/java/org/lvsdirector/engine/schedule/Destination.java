// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.schedule;

import org.lvsdirector.config.Endpoint;

/**
 * A real server as a scheduler sees it: weight, thresholds and connection counts. Mutable; owned by
 * the thread that owns the service.
 */
public final class Destination {
  private final Endpoint endpoint;
  private int weight;
  private int lastNonZeroWeight;
  private int upperThreshold;
  private int lowerThreshold;
  private int active;
  private int inactive;
  private boolean isOverloaded;

  /** A server with no connections. */
  public Destination(Endpoint endpoint, int weight, int upperThreshold, int lowerThreshold) {
    this.endpoint = endpoint;
    edit(weight, upperThreshold, lowerThreshold);
  }

  /** Address and port. */
  public Endpoint endpoint() {
    return endpoint;
  }

  /** Share of new connections; 0 for none. */
  public int weight() {
    return weight;
  }

  /** The weight before it was quiesced, or the present one; 0 if it never had another. */
  public int lastNonZeroWeight() {
    return lastNonZeroWeight;
  }

  /** Connections that are established or being so. */
  public int active() {
    return active;
  }

  /** Connections that are closing, and UDP flows. */
  public int inactive() {
    return inactive;
  }

  /** Whether the upper threshold was reached and the lower one not yet undercut. */
  public boolean isOverloaded() {
    return isOverloaded;
  }

  /** Whether a scheduler may choose this server: weight above 0 and not overloaded. */
  public boolean isUsable() {
    return weight > 0 && !isOverloaded;
  }

  /** New weight and thresholds; other thresholds decide the overload mark anew. */
  public void edit(int weight, int upperThreshold, int lowerThreshold) {
    this.weight = weight;
    if (weight != 0) {
      lastNonZeroWeight = weight;
    }
    if (upperThreshold != this.upperThreshold || lowerThreshold != this.lowerThreshold) {
      this.upperThreshold = upperThreshold;
      this.lowerThreshold = lowerThreshold;
      isOverloaded = false;
      weighOverload();
    }
  }

  /** New connection counts. */
  public void connections(int active, int inactive) {
    this.active = active;
    this.inactive = inactive;
    weighOverload();
  }

  /** The mark goes up at the upper threshold, and down below the lower one (or three quarters). */
  private void weighOverload() {
    var total = active + inactive;
    if (upperThreshold == 0) {
      isOverloaded = false;
    } else if (total >= upperThreshold) {
      isOverloaded = true;
    } else {
      var below = lowerThreshold != 0 ? lowerThreshold : upperThreshold - upperThreshold / 4;
      isOverloaded = isOverloaded && total >= below;
    }
  }

  @Override
  public String toString() {
    return endpoint + " w" + weight + " " + active + "/" + inactive;
  }
}
