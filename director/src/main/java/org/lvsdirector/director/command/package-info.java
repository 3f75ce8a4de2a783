// SPDX-License-Identifier: Apache-2.0
/**
 * What an operator can say: one file for each subcommand, and how they print.
 *
 * <p>Most ask the daemon by {@code admin}. Start with {@link StatusCommand}; {@link RunCommand}
 * becomes the daemon.
 */
@NullMarked
package org.lvsdirector.director.command;

import org.jspecify.annotations.NullMarked;
