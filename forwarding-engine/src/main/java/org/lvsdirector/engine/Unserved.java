// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine;

import org.lvsdirector.config.ServiceKey;
import org.lvsdirector.config.VirtualService;

/**
 * A service of lvs.cf that an engine cannot serve as the file says, on whatever machine.
 *
 * @param service its name
 * @param key what it serves
 * @param reason why, and the way out
 */
public record Unserved(String service, ServiceKey key, String reason) {
  /** Of this service. */
  public static Unserved of(VirtualService service, String reason) {
    return new Unserved(service.name(), service.key(), reason);
  }

  /** {@code web (tcp 192.0.2.80:80): ...}. */
  @Override
  public String toString() {
    return service + " (" + key + "): " + reason;
  }
}
