// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.simulation;

import java.util.Arrays;
import org.lvsdirector.config.Pair.Node;

/**
 * What is connected to what. The first link shares each node's port on the public network with the
 * clients, the ping target and the witness; a port that is down takes all of that away.
 */
final class Network {

  private final boolean[][] isCut;
  private final boolean[] isPortDown = new boolean[2];
  private final boolean[] isWitnessCut = new boolean[2];
  private boolean isArpCut;
  private boolean isTargetDown;
  private long pathSince;
  private final long[][] changedAt;

  Network(int links) {
    isCut = new boolean[links][2];
    changedAt = new long[links][2];
  }

  int links() {
    return isCut.length;
  }

  void cut(int link, Node from, boolean isNowCut, long now) {
    if (isCut[link][at(from)] != isNowCut) {
      isCut[link][at(from)] = isNowCut;
      changedAt[link][at(from)] = now;
      pathSince = now;
    }
  }

  void port(Node node, boolean isUp, long now) {
    if (isPortDown[at(node)] == isUp) {
      isPortDown[at(node)] = !isUp;
      Arrays.fill(changedAt[0], now);
      pathSince = now;
    }
  }

  void arp(boolean isNowCut, long now) {
    isArpCut = isNowCut;
    pathSince = now;
  }

  void target(boolean isUp) {
    isTargetDown = !isUp;
  }

  void witness(Node node, boolean isNowCut) {
    isWitnessCut[at(node)] = isNowCut;
  }

  /** Everything works again. */
  void heal(long now) {
    for (var node : Node.values()) {
      for (var link = 0; link < links(); link++) {
        cut(link, node, false, now);
      }
      port(node, true, now);
      witness(node, false);
    }
    arp(false, now);
    target(true);
  }

  boolean carries(int link, Node from) {
    return !isCut[link][at(from)] && (link > 0 || !isAnyPortDown());
  }

  /** Whether any way leads from one to the other, either way. */
  boolean hasPath() {
    return carriesArp() || hasLink();
  }

  /** Whether any link carries, either way. */
  boolean hasLink() {
    for (var link = 0; link < links(); link++) {
      if (carries(link, Node.PRIMARY) || carries(link, Node.BACKUP)) {
        return true;
      }
    }
    return false;
  }

  /** When anything about the paths changed last. */
  long pathSince() {
    return pathSince;
  }

  boolean carriesArp() {
    return !isArpCut && !isAnyPortDown();
  }

  boolean isPortUp(Node node) {
    return !isPortDown[at(node)];
  }

  boolean reachesTarget(Node node) {
    return isPortUp(node) && !isTargetDown;
  }

  boolean reachesWitness(Node node) {
    return isPortUp(node) && !isWitnessCut[at(node)];
  }

  private boolean isAnyPortDown() {
    return isPortDown[0] || isPortDown[1];
  }

  static int at(Node node) {
    return node == Node.PRIMARY ? 0 : 1;
  }
}
