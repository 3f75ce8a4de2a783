// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.port;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import org.lvsdirector.config.Config;
import org.lvsdirector.config.Pair;
import org.lvsdirector.config.Pair.Node;
import org.lvsdirector.config.VirtualService.VirtualAddress;
import org.lvsdirector.pulse.seal.SealPolicy;

/**
 * What pulse needs to run.
 *
 * @param node which of the two this is
 * @param pair the two and their links
 * @param addresses the virtual addresses that move between them
 * @param bootId this incarnation: random, never used before
 * @param configDigest identifies the lvs.cf in force
 * @param sealing how messages to the partner are protected
 * @param termFile where the term survives a restart; its folder is made when missing
 */
public record PulseSettings(
    Node node,
    Pair pair,
    List<VirtualAddress> addresses,
    long bootId,
    String configDigest,
    SealPolicy sealing,
    Path termFile) {

  public PulseSettings {
    addresses = List.copyOf(addresses);
  }

  /** The settings of a new incarnation of a node. */
  public static PulseSettings of(Node node, Config config, SealPolicy sealing, Path termFile) {
    return new PulseSettings(
        node,
        config.pair(),
        config.heldAddresses(),
        new SecureRandom().nextLong(),
        config.digest(),
        sealing,
        termFile);
  }
}
