// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.daemon;

import java.io.IOException;
import java.nio.file.Files;
import org.lvsdirector.config.Pair;
import org.lvsdirector.config.directorconf.DirectorConf;
import org.lvsdirector.director.machine.StartException;
import org.lvsdirector.pulse.seal.KeyFile;
import org.lvsdirector.pulse.seal.SealPolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How director.conf wants the heartbeats of a pair to be protected. */
public final class HeartbeatKeys {
  private static final Logger LOG = LoggerFactory.getLogger(HeartbeatKeys.class);

  private HeartbeatKeys() {}

  /**
   * Reads the key file; what leaves heartbeats open to forgery is logged loudly. Without a key
   * there is only a pair that says so, and one that nobody reaches.
   *
   * @throws StartException when there is no key, or none that can be used; the message says how to
   *     make one
   */
  public static SealPolicy read(DirectorConf conf, Pair pair) throws StartException {
    var file = conf.heartbeatKeyFile();
    if (file == null || !needsKey(conf, pair)) {
      if (!isBeyondReach(pair)) {
        LOG.warn(
            "HEARTBEATS ARE NOT SEALED (heartbeat.key-file = none): whoever can send packets from"
                + " the partner's address can stop this director. Make a key with `director"
                + " keygen`, and see `director keygen --help`");
      }
      return SealPolicy.NONE;
    }
    if (conf.acceptsUnsealed()) {
      LOG.warn(
          "UNSEALED HEARTBEATS ARE ACCEPTED until the partner seals its own: set"
              + " heartbeat.accept-unsealed = false once both directors have the key");
    }
    try {
      return new SealPolicy(KeyFile.read(file), conf.acceptsUnsealed());
    } catch (IOException unusable) {
      throw new StartException(
          unusable.getMessage()
              + " (`heartbeat.key-file = none` in director.conf does without, and then anybody who"
              + " can send from the partner's address can stop this director)");
    }
  }

  /** Whether this director may not run without the key of its director.conf. */
  public static boolean needsKey(DirectorConf conf, Pair pair) {
    var file = conf.heartbeatKeyFile();
    var isUsual = DirectorConf.USUAL_KEY_FILE.equals(file);
    return file != null && !(isUsual && isBeyondReach(pair) && !Files.isReadable(file));
  }

  /** Whether only this machine can send heartbeats, or nobody does. */
  private static boolean isBeyondReach(Pair pair) {
    return !pair.isPaired()
        || pair.links().stream()
            .allMatch(link -> link.primary().isLoopback() && link.backup().isLoopback());
  }
}
