// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.daemon;

import java.io.IOException;
import org.lvsdirector.config.directorconf.DirectorConf;
import org.lvsdirector.director.machine.StartException;
import org.lvsdirector.pulse.seal.KeyFile;
import org.lvsdirector.pulse.seal.SealPolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How director.conf wants the heartbeats to be protected. */
public final class HeartbeatKeys {
  private static final Logger LOG = LoggerFactory.getLogger(HeartbeatKeys.class);

  private HeartbeatKeys() {}

  /**
   * Reads the key file; what leaves heartbeats open to forgery is logged loudly.
   *
   * @throws StartException when a key file is named and cannot be used
   */
  public static SealPolicy read(DirectorConf conf) throws StartException {
    var file = conf.heartbeatKeyFile();
    if (file == null) {
      LOG.warn(
          "HEARTBEATS ARE NOT SEALED: whoever can send packets from the partner's address can stop"
              + " this director. Make a key with `director keygen FILE`, copy it to the partner,"
              + " and set heartbeat.key-file in director.conf");
      return SealPolicy.NONE;
    }
    if (conf.acceptsUnsealed()) {
      LOG.warn(
          "UNSEALED HEARTBEATS ARE ACCEPTED: set heartbeat.accept-unsealed = false once both"
              + " directors have the key");
    }
    try {
      return new SealPolicy(KeyFile.read(file), conf.acceptsUnsealed());
    } catch (IOException unusable) {
      throw new StartException(String.valueOf(unusable.getMessage()));
    }
  }
}
