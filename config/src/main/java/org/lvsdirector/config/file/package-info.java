// SPDX-License-Identifier: Apache-2.0
/**
 * Text from the disk: configuration files, what they include, and texts that are part of the
 * program.
 *
 * <p>The only package of this module that reads files. Start with {@link TextFile}.
 */
@NullMarked
package org.lvsdirector.config.file;

import org.jspecify.annotations.NullMarked;
