// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.lvsd;

import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.Config;
import org.lvsdirector.config.Health;
import org.lvsdirector.config.Role;

/**
 * All that decides about the table, at one moment.
 *
 * @param config null before the first one came: then the engine is left alone
 */
record Inputs(@Nullable Config config, Health health, Overrides overrides, Role role) {
  static final Inputs NONE = new Inputs(null, Health.UNKNOWN, Overrides.NONE, Role.STARTING);

  Inputs with(Config next) {
    return new Inputs(next, health, overrides, role);
  }

  Inputs with(Health next) {
    return new Inputs(config, next, overrides, role);
  }

  Inputs with(Overrides next) {
    return new Inputs(config, health, next, role);
  }

  Inputs with(Role next) {
    return new Inputs(config, health, overrides, next);
  }
}
