// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.lvsd;

import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.Config;
import org.lvsdirector.config.Health;

/**
 * All that decides about the table, at one moment.
 *
 * @param config null before the first one came: then the engine is left alone
 */
record Inputs(@Nullable Config config, Health health, Overrides overrides) {
  static final Inputs NONE = new Inputs(null, Health.UNKNOWN, Overrides.NONE);

  Inputs with(Config next) {
    return new Inputs(next, health, overrides);
  }

  Inputs with(Health next) {
    return new Inputs(config, next, overrides);
  }

  Inputs with(Overrides next) {
    return new Inputs(config, health, next);
  }
}
