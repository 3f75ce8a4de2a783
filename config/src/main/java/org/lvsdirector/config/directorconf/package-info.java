// SPDX-License-Identifier: Apache-2.0
/**
 * director.conf, the settings of one machine, as immutable values; read by Typesafe Config.
 *
 * <p>The file {@code director-reference.conf} beside it documents every setting and holds its
 * default. Start with {@link DirectorConf}.
 */
@NullMarked
package org.lvsdirector.config.directorconf;

import org.jspecify.annotations.NullMarked;
